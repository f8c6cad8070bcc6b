package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.PlannedWalk;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Reads all that a source has, from where the checkpoints stand to the end. */
@Component
public class Sync {

  private static final Logger log = LoggerFactory.getLogger(Sync.class);

  private final SyncLoop loop;
  private final Checkpoints checkpoints;
  private final ScopeElements scopeElements;
  private final Coverage coverage;
  private final Findings findings;
  private final Census census;
  private final OutOfScope outOfScope;
  private final RunPlans plans;
  private final Debts debts;
  private final BackfillReading backfill;
  private final IngestSettings settings;
  private final Clock clock;

  Sync(
      SyncLoop loop,
      Checkpoints checkpoints,
      ScopeElements scopeElements,
      Coverage coverage,
      Findings findings,
      Census census,
      OutOfScope outOfScope,
      RunPlans plans,
      Debts debts,
      BackfillReading backfill,
      IngestSettings settings,
      Clock clock) {
    this.loop = loop;
    this.checkpoints = checkpoints;
    this.scopeElements = scopeElements;
    this.coverage = coverage;
    this.findings = findings;
    this.census = census;
    this.outOfScope = outOfScope;
    this.plans = plans;
    this.debts = debts;
    this.backfill = backfill;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What the operator should hear of a run while it goes on. It is told in the transaction that
   * writes it, on the connections of {@code ingest}.
   */
  public interface Listener {

    /** A stream or partition may not be read; the run goes on without it. */
    void unreadable(String stream, Partition partition, String reason, String remedy);

    /** So many records vanished at once that nothing is done before an operator has looked. */
    default void held(String stream, long records) {}

    /** A backfill is given up; the run goes on. */
    default void failed(OpenBackfills.Open backfill, OpenBackfills.Failure why) {}

    /** A project or repository has left the scope, and what was stored of it was removed. */
    default void removed(Partition element, long rows) {}
  }

  /**
   * Reads stage after stage. Partitions that may not be read are reported and left out; if anything
   * else stops a partition, the others of its stage are read to their end where that makes sense,
   * and the gravest failure is thrown.
   *
   * @throws SourceFailure what the source refused
   * @throws StopSignal.Stopped if the run was asked to end
   * @throws FenceLost if the run belongs to somebody else now
   */
  public void run(RunScope run, Source source, StopSignal stop, Listener listener)
      throws InterruptedException {
    var slots = new Semaphore(settings.partitionsAtOnce());
    var stages = source.stages();
    Storing.untilDone(() -> plans.begin(run, stages));
    Storing.untilDone(() -> outOfScope.remove(run, stop, listener)); // whatever the source answers
    for (var streams : stages) {
      stop.check();
      try (var stage = new Stage()) {
        for (var stream : streams) {
          stage.go(() -> read(run, stop, stream, slots, stage, listener));
        }
        stage.join();
      }
      for (var stream : streams) {
        if (stream instanceof CensusStream counted) settle(run, stop, counted, listener);
      }
      Storing.untilDone(() -> plans.ended(run, streams));
    }
    stop.check();
    Storing.untilDone(
        () -> outOfScope.remove(run, stop, listener)); // what the source itself said to have left
    backfill.read(run, stages, stop, listener);
  }

  private void settle(RunScope run, StopSignal stop, CensusStream counted, Listener listener)
      throws InterruptedException {
    name(run, counted);
    try {
      census.settle(run, stop, counted, listener);
    } finally {
      MDC.remove("stream");
    }
  }

  /** What this thread logs from now on says what it is about. */
  static void name(RunScope run, RecordStream stream) {
    MDC.put("run", Long.toString(run.fence().runId()));
    MDC.put("connection", Long.toString(run.connectionId()));
    MDC.put("stream", stream.name());
  }

  private void read(
      RunScope run,
      StopSignal stop,
      RecordStream stream,
      Semaphore slots,
      Stage stage,
      Listener listener)
      throws InterruptedException {
    switch (stream) {
      case OwedStream owed -> {
        boolean owes = debts.count(run.connectionId(), stream.name()) > 0;
        Storing.untilDone(() -> plans.planned(run, stream, owes ? 1 : 0));
        inSlot(
            run,
            stream,
            Partition.WHOLE,
            slots,
            listener,
            () -> {
              loop.pay(run, stop, owed);
              Storing.untilDone(() -> coverage.readable(run, stream.name(), Partition.WHOLE));
            });
      }
      case WalkedStream walked -> {
        var planned = plan(run, stop, walked, slots, listener);
        var ended = checkpoints.ended(run, walked.name());
        Storing.untilDone(() -> plans.planned(run, stream, partitions(planned, ended)));
        for (var walk : planned) {
          if (ended.contains(walk.partition().id()))
            continue; // or a small allowance never suffices
          stage.go(
              () ->
                  inSlot(
                      run,
                      stream,
                      walk.partition(),
                      slots,
                      listener,
                      () -> {
                        loop.walk(run, stop, walked, walk);
                        Storing.untilDone(
                            () -> coverage.readable(run, stream.name(), walk.partition()));
                      }));
        }
      }
    }
  }

  private static int partitions(List<PlannedWalk> planned, Set<String> ended) {
    var all = new HashSet<>(ended);
    for (var walk : planned) all.add(walk.partition().id());
    return all.size();
  }

  private List<PlannedWalk> plan(
      RunScope run, StopSignal stop, WalkedStream stream, Semaphore slots, Listener listener)
      throws InterruptedException {
    var included = scopeElements.included(run.connectionId(), stream.name());
    var reached = reached(run, stream);
    var planning = new Planning(included, reached, clock.instant());
    var planned = new ArrayList<PlannedWalk>();
    inSlot(
        run,
        stream,
        Partition.WHOLE,
        slots,
        listener,
        () -> {
          planned.addAll(loop.plan(run, stop, stream, asked(run, stop, stream, planning)));
          Storing.untilDone(() -> coverage.planned(run, stream.name(), planned));
        });
    return planned;
  }

  /**
   * Whatever could not be read the last time counts as not read to its end, however quiet it is.
   */
  private Map<String, Reached> reached(RunScope run, WalkedStream stream) {
    var reached = checkpoints.reached(run.connectionId(), stream.name());
    for (var denied : coverage.denied(run.connectionId(), stream.name())) {
      reached.computeIfPresent(denied, (id, it) -> it.refused());
    }
    return reached;
  }

  /** A census is planned for what is due, and cannot be settled by counting. */
  private Planning asked(RunScope run, StopSignal stop, WalkedStream stream, Planning planning)
      throws InterruptedException {
    if (!(stream instanceof CensusStream counted)) return planning;
    var due = census.due(run, counted, planning.scope());
    var all = new Planning(due, planning.checkpoints(), planning.now());
    var listed = census.uncounted(run, stop, counted, all);
    return new Planning(listed, planning.checkpoints(), planning.now());
  }

  private void inSlot(
      RunScope run,
      RecordStream stream,
      Partition partition,
      Semaphore slots,
      Listener listener,
      Stage.Work work)
      throws InterruptedException {
    slots.acquire();
    name(run, stream);
    try {
      work.run();
    } catch (AccessDenied e) {
      if (partition.equals(Partition.WHOLE) && stream.required()) throw e;
      log.warn("Not readable: {} of {}: {}", stream.name(), partition.label(), e.getMessage());
      Storing.untilDone(() -> findings.unreadable(run, stream.name(), partition, e, listener));
    } finally {
      MDC.clear();
      slots.release();
    }
  }

  static String message(SourceFailure failure) {
    var message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
