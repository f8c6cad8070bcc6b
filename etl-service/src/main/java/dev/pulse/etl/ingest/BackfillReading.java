package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.PlannedWalk;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.ingest.OpenBackfills.Failure;
import dev.pulse.model.FailureCategory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
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

  private final OpenBackfills backfills;
  private final SyncLoop loop;
  private final Checkpoints checkpoints;
  private final ScopeElements scopeElements;
  private final RunPlans plans;
  private final Debts debts;
  private final Findings findings;
  private final IngestSettings settings;
  private final Clock clock;

  BackfillReading(
      OpenBackfills backfills,
      SyncLoop loop,
      Checkpoints checkpoints,
      ScopeElements scopeElements,
      RunPlans plans,
      Debts debts,
      Findings findings,
      IngestSettings settings,
      Clock clock) {
    this.backfills = backfills;
    this.loop = loop;
    this.checkpoints = checkpoints;
    this.scopeElements = scopeElements;
    this.plans = plans;
    this.debts = debts;
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
      OpenBackfills.Open backfill,
      Instant until,
      Semaphore slots,
      Queue<Failure> denied,
      Sync.Listener listener) {}

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
      var backfill = next.get();
      var from =
          new RunScope(run.fence(), run.connectionId(), run.scope(), backfill.wanted().from());
      var slots = new Semaphore(settings.partitionsAtOnce());
      var task =
          new Task(from, stop, backfill, until, slots, new ConcurrentLinkedQueue<>(), listener);
      read(task, stages);
      next = backfills.next(run.connectionId());
    }
    Storing.untilDone(() -> backfills.forgetEnded(run));
  }

  private void read(Task task, List<List<RecordStream>> stages) throws InterruptedException {
    long id = task.backfill.id();
    Storing.untilDone(() -> backfills.begin(task.run, id));
    if (hasLeftTheScope(task)) {
      end(task, BackfillFailures.OUT_OF_SCOPE);
      return;
    }
    var again = again(task, stages);
    Storing.untilDone(() -> plans.begin(task.run, stages.size(), again));
    try {
      for (var streams : stages) readStage(task, streams, again);
      end(task, task.denied.peek());
    } catch (Interrupted e) {
      log.info("Backfill {} is left where it stands", id);
    } catch (RuntimeException e) {
      giveUpOrThrow(task, e);
    }
    Storing.untilDone(() -> plans.ended(task.run, again));
  }

  /** The streams that it reads, and how. */
  private List<Backfilled> again(Task task, List<List<RecordStream>> stages) {
    var wanted = task.backfill.wanted().stream();
    var again = new ArrayList<Backfilled>();
    for (var stream : stages.stream().flatMap(List::stream).toList()) {
      if (stream instanceof WalkedStream walked
          && (wanted == null || wanted.equals(walked.name()))) {
        var each = new Backfilled(task.backfill, walked, () -> check(task));
        if (each.canBeRead(Partition.WHOLE.id())) again.add(each);
      }
    }
    return again;
  }

  private void readStage(Task task, List<RecordStream> streams, List<Backfilled> again)
      throws InterruptedException {
    try (var stage = new Stage()) {
      for (var stream : streams) {
        if (stream instanceof OwedStream owed) stage.go(() -> pay(task, owed));
        for (var each : again) {
          if (each.stream().equals(stream)) stage.go(() -> walk(task, each, stage));
        }
      }
      stage.join();
    }
  }

  /** Children that its walks owe are read beside those that the ordinary reading does. */
  private void pay(Task task, OwedStream owed) throws InterruptedException {
    if (debts.count(task.run.connectionId(), owed.name()) == 0) return;
    Storing.untilDone(() -> plans.planned(task.run, owed, 1));
    inSlot(task, owed, Partition.WHOLE, () -> loop.pay(task.run, task.stop, owed));
    Storing.untilDone(() -> plans.ended(task.run, List.of(owed)));
  }

  private void walk(Task task, Backfilled again, Stage stage) throws InterruptedException {
    inSlot(
        task,
        again.stream(),
        Partition.WHOLE,
        () -> {
          for (var walk : plan(task, again)) {
            stage.go(
                () ->
                    inSlot(
                        task,
                        again.stream(),
                        walk.partition(),
                        () -> loop.walk(task.run, task.stop, again, walk)));
          }
        });
  }

  private List<PlannedWalk> plan(Task task, Backfilled again) throws InterruptedException {
    long connection = task.run.connectionId();
    var scope = scopeElements.included(connection, again.name());
    var reached = checkpoints.reached(connection, again.name());
    var planning = new Planning(scope, reached, clock.instant());
    var planned = loop.plan(task.run, task.stop, again, planning);
    int ended = checkpoints.ended(task.run, again.name()).size();
    Storing.untilDone(() -> plans.planned(task.run, again, planned.size() + ended));
    return planned;
  }

  private boolean hasLeftTheScope(Task task) {
    var partition = task.backfill.wanted().partition();
    return partition != null
        && scopeElements.included(task.run.connectionId(), "").stream()
            .noneMatch(each -> each.externalId().equals(partition));
  }

  private void check(Task task) {
    if (clock.instant().isAfter(task.until) || !backfills.goesOn(task.backfill.id())) {
      throw new Interrupted();
    }
  }

  private void end(Task task, @Nullable Failure why) throws InterruptedException {
    Storing.untilDone(
        () -> {
          if (why == null) backfills.finish(task.run, task.backfill.id());
          else backfills.fail(task.run, task.backfill, why, task.listener);
        });
  }

  /** What has failed too often would fail all runs to come. */
  private void giveUpOrThrow(Task task, RuntimeException failure) throws InterruptedException {
    var why = BackfillFailures.of(failure);
    if (why.isEmpty()) throw failure;
    if (BackfillFailures.isFinal(failure)) {
      end(task, why.get());
      return;
    }
    int failures = backfills.failed(task.run, task.backfill.id(), why.get());
    if (failures < settings.backfillFailures()) throw failure;
    log.warn("Backfill {} is given up", task.backfill.id(), failure);
    end(task, BackfillFailures.tooMany(why.get(), failures));
  }

  /** What may not be read is told, and the rest is read. */
  private void inSlot(Task task, RecordStream stream, Partition partition, Stage.Work work)
      throws InterruptedException {
    task.slots.acquire();
    Sync.name(task.run, stream);
    try {
      work.run();
    } catch (AccessDenied e) {
      if (stream instanceof WalkedStream) {
        var what = "%s of %s: %s".formatted(stream.name(), partition.label(), Sync.message(e));
        task.denied.add(new Failure(FailureCategory.CONFIGURATION, what, e.remedy()));
      }
      Storing.untilDone(
          () -> findings.refused(task.run, stream.name(), partition, e, task.listener));
    } finally {
      MDC.clear();
      task.slots.release();
    }
  }
}
