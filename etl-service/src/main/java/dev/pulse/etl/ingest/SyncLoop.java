package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.PlannedWalk;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.ingest.PageWaits.Place;
import dev.pulse.etl.platform.http.InFlight;
import dev.pulse.etl.platform.telemetry.Spans;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads page after page and stores each, until the end. While a page is stored the next one is read
 * already; nothing else is held in memory.
 */
@Component
class SyncLoop {

  private static final Logger log = LoggerFactory.getLogger(SyncLoop.class);

  private final PatientReader reader;
  private final Storing storing;
  private final Checkpoints checkpoints;
  private final Debts debts;
  private final InFlight inFlight;
  private final Spans spans;

  SyncLoop(
      PatientReader reader,
      Storing storing,
      Checkpoints checkpoints,
      Debts debts,
      InFlight inFlight,
      Spans spans) {
    this.reader = reader;
    this.storing = storing;
    this.checkpoints = checkpoints;
    this.debts = debts;
    this.inFlight = inFlight;
    this.spans = spans;
  }

  /** Asks a stream what to walk, with the patience of a page. */
  List<PlannedWalk> plan(RunScope run, StopSignal stop, WalkedStream stream, Planning planning)
      throws InterruptedException {
    stop.check();
    return reader.patiently(stop, new Place(run, stream.name()), () -> stream.plan(planning));
  }

  /** Walks one partition from its checkpoint to the end. */
  void walk(RunScope run, StopSignal stop, WalkedStream stream, PlannedWalk planned)
      throws InterruptedException {
    var key = new Checkpoint.Key(run.connectionId(), stream.name(), planned.partition());
    var size = new AdaptivePageSize(stream.pageSize());
    var advance = new Advance();
    var at = checkpoints.find(key);
    stop.check();
    try (var ahead = new ReadAhead(inFlight)) {
      ahead.begin(reading(run, stop, stream, size, advance, at));
      boolean more = true;
      while (more) {
        try (var taken = ahead.await()) {
          var read = taken.read();
          var to = read.from().after(read.page(), stream, run.startFrom(), planned.mark());
          more = !read.page().last();
          if (more && stop.reason() == null) {
            ahead.begin(reading(run, stop, stream, size, advance, to));
          }
          logSaved(stream, planned, save(run, read.page(), to));
        }
        stop.check();
      }
    }
  }

  private PageResult save(RunScope run, Page page, Checkpoint to) throws InterruptedException {
    return spans.around("store page", _ -> storing.save(run, page, to));
  }

  private static void logSaved(WalkedStream stream, PlannedWalk planned, PageResult result) {
    log.debug(
        "Saved page of {} {}: {} new, {} changed, {} unchanged",
        stream.name(),
        planned.partition().label(),
        result.inserted(),
        result.updated(),
        result.unchanged());
  }

  /** Pays all debts of a stream, in batches of parents, which shrink when they are too heavy. */
  void pay(RunScope run, StopSignal stop, OwedStream stream) throws InterruptedException {
    var size = new AdaptivePageSize(stream.pageSize());
    var paidUpTo = "";
    long total = storing.paid(run, stream.name()) + debts.count(run.connectionId(), stream.name());
    while (true) {
      var batch = debts.next(run.connectionId(), stream.name(), paidUpTo, size.now());
      if (batch.isEmpty()) break;
      try {
        payBatch(run, stop, stream, size, batch, total);
        paidUpTo = batch.getLast().owed().parentId();
      } catch (TooHeavy e) {
        // A position belongs to its batch: what is still owed of it begins anew, with fewer
        // parents.
        if (!size.halve(batch.size())) throw PatientReader.tooHeavyAnyway(e);
        log.info("Page too heavy, asking for the children of {} parents", size.now());
      }
    }
    storing.allPaid(run, stream.name());
  }

  private void payBatch(
      RunScope run,
      StopSignal stop,
      OwedStream stream,
      AdaptivePageSize size,
      List<Debts.Debt> batch,
      long total)
      throws InterruptedException {
    var owed = batch.stream().map(Debts.Debt::owed).toList();
    var of = owed.stream().map(OwedStream.Owed::partition).distinct().toList();
    var common = of.size() == 1 ? of.getFirst() : Partition.WHOLE;
    var advance = new Advance();
    Position position = null;
    do {
      stop.check();
      var at = position;
      try (var held = inFlight.open()) {
        var page =
            inFlight.read(
                held,
                () ->
                    spans.around(
                        "read page",
                        _ ->
                            reader.readAsIs(
                                stop,
                                new Place(run, stream.name()),
                                size,
                                () -> advance.checked(at, stream.read(owed, at)))));
        var settled =
            batch.stream()
                .filter(debt -> page.last() || page.settled().contains(debt.owed().parentId()))
                .toList();
        var payment = new PageStore.Payment(stream.name(), common, settled, total);
        var _ = spans.around("store page", _ -> storing.save(run, page, payment));
        position = page.next();
      }
    } while (position != null);
  }

  private ReadAhead.Reading reading(
      RunScope run,
      StopSignal stop,
      WalkedStream stream,
      AdaptivePageSize size,
      Advance advance,
      Checkpoint from) {
    var partition = from.key().partition();
    return () -> {
      var at = from;
      while (true) {
        var begin = at;
        try {
          var page =
              spans.around(
                  "read page",
                  span -> {
                    span.setAttribute("pulse.partition", partition.id());
                    return reader.read(
                        stop,
                        new Place(run, stream.name(), partition),
                        size,
                        n -> {
                          var request = begin.request(stream, run.startFrom(), n);
                          return advance.checked(request.position(), stream.read(request));
                        });
                  });
          return new ReadAhead.Read(at, page);
        } catch (PositionExpired e) {
          var before = at.walk() == null ? null : at.walk().position();
          if (Objects.equals(before, e.fallback())) {
            throw new SourceUnavailable("the source refuses a position it gave", e);
          }
          log.info("Position expired in {}: going on from {}", stream.name(), e.fallback());
          advance.goesBack();
          at = at.from(e.fallback());
        }
      }
    };
  }
}
