package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.PlannedWalk;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Reads for backfills at the end of a run, one after the other, each from where its own checkpoints
 * stand: so it shares the run's fence, lease and budgets, and moves no watermark of the ordinary
 * reading.
 */
@Component
class BackfillReading {

  private static final Logger log = LoggerFactory.getLogger(BackfillReading.class);

  private final Backfills backfills;
  private final SyncLoop loop;
  private final Checkpoints checkpoints;
  private final ScopeElements scopeElements;
  private final Findings findings;
  private final IngestSettings settings;
  private final Clock clock;

  BackfillReading(
      Backfills backfills,
      SyncLoop loop,
      Checkpoints checkpoints,
      ScopeElements scopeElements,
      Findings findings,
      IngestSettings settings,
      Clock clock) {
    this.backfills = backfills;
    this.loop = loop;
    this.checkpoints = checkpoints;
    this.scopeElements = scopeElements;
    this.findings = findings;
    this.settings = settings;
    this.clock = clock;
  }

  /** It was cancelled, or its time in this run is over. */
  private static final class Interrupted extends RuntimeException {}

  /** What all that is read of one backfill in this run has in common. */
  private record Task(
      RunScope run,
      StopSignal stop,
      Backfills.Open backfill,
      Instant until,
      Semaphore slots,
      Queue<String> denied) {}

  /**
   * Reads for all that wait, in the order in which they were asked for, as long as there is time.
   */
  void read(RunScope run, List<List<RecordStream>> stages, StopSignal stop, Sync.Listener listener)
      throws InterruptedException {
    var until = clock.instant().plus(settings.backfillAtOnce());
    var next = backfills.next(run.connectionId());
    if (next.isEmpty()) return;
    Storing.untilDone(() -> backfills.forgetEnded(run));
    while (next.isPresent() && clock.instant().isBefore(until)) {
      read(run, stages, stop, next.get(), until, listener);
      next = backfills.next(run.connectionId());
    }
    Storing.untilDone(() -> backfills.forgetEnded(run));
  }

  private void read(
      RunScope run,
      List<List<RecordStream>> stages,
      StopSignal stop,
      Backfills.Open backfill,
      Instant until,
      Sync.Listener listener)
      throws InterruptedException {
    var from = new RunScope(run.fence(), run.connectionId(), run.scope(), backfill.wanted().from());
    var slots = new Semaphore(settings.partitionsAtOnce());
    var task = new Task(from, stop, backfill, until, slots, new ConcurrentLinkedQueue<>());
    Storing.untilDone(() -> backfills.begin(run, backfill.id()));
    try {
      for (var streams : stages) {
        try (var stage = new Stage()) {
          for (var stream : streams) stage.go(() -> read(task, stream, stage, listener));
          stage.join();
        }
      }
      backfills.end(run, backfill.id(), task.denied.peek());
    } catch (Interrupted e) {
      log.info("Backfill {} is left where it stands", backfill.id());
    } catch (RequestRefused e) {
      backfills.end(run, backfill.id(), e.getMessage() + ". " + e.remedy());
    }
  }

  private void read(Task task, RecordStream stream, Stage stage, Sync.Listener listener)
      throws InterruptedException {
    switch (stream) {
      case OwedStream owed ->
          inSlot(task, owed, Partition.WHOLE, listener, () -> loop.pay(task.run, task.stop, owed));
      case CensusStream _ -> {}
      case WalkedStream walked when isWanted(task, walked) -> {
        var again = new Backfilled(task.backfill, walked, () -> check(task));
        for (var walk : plan(task, again)) {
          stage.go(
              () ->
                  inSlot(
                      task,
                      walked,
                      walk.partition(),
                      listener,
                      () -> loop.walk(task.run, task.stop, again, walk)));
        }
      }
      case WalkedStream _ -> {}
    }
  }

  private static boolean isWanted(Task task, WalkedStream stream) {
    var wanted = task.backfill.wanted().stream();
    return wanted == null || wanted.equals(stream.name());
  }

  private List<PlannedWalk> plan(Task task, Backfilled stream) throws InterruptedException {
    long connection = task.run.connectionId();
    var scope = scopeElements.included(connection, stream.name());
    var reached = checkpoints.reached(connection, stream.name());
    return loop.plan(task.run, task.stop, stream, new Planning(scope, reached, clock.instant()));
  }

  private void check(Task task) {
    if (clock.instant().isAfter(task.until) || !backfills.goesOn(task.backfill.id())) {
      throw new Interrupted();
    }
  }

  /** What may not be read is told, and the rest is read. */
  private void inSlot(
      Task task, RecordStream stream, Partition partition, Sync.Listener listener, Stage.Work work)
      throws InterruptedException {
    task.slots.acquire();
    Sync.name(task.run, stream);
    try {
      work.run();
    } catch (AccessDenied e) {
      var why = Sync.message(e);
      if (stream instanceof WalkedStream) {
        task.denied.add("%s of %s: %s".formatted(stream.name(), partition.label(), why));
      }
      Storing.untilDone(() -> findings.refused(task.run, stream.name(), partition, e, listener));
    } finally {
      MDC.clear();
      task.slots.release();
    }
  }
}
