package dev.pulse.etl.runs;

import dev.pulse.etl.connections.Connections;
import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.RecordStream;
import dev.pulse.etl.connectors.Rewind;
import dev.pulse.etl.connectors.Source;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.ingest.Backfills;
import dev.pulse.etl.ingest.Backfills.Backfill;
import dev.pulse.etl.ingest.Rewinds;
import dev.pulse.etl.ingest.Rewinds.Rewound;
import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.model.JobState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What operators do to how far a job has read. */
@Service
class CheckpointControls {

  private final JobStates jobs;
  private final Connections connections;
  private final Rewinds rewinds;
  private final Backfills backfills;
  private final Audit audit;
  private final Clock clock;

  CheckpointControls(
      JobStates jobs,
      Connections connections,
      Rewinds rewinds,
      Backfills backfills,
      Audit audit,
      Clock clock) {
    this.backfills = backfills;
    this.jobs = jobs;
    this.connections = connections;
    this.rewinds = rewinds;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Lets streams of a job read again from a time, at its next run. May be repeated.
   *
   * @throws Problem 409 while a run is going on; 400 if the time, stream or partition is none that
   *     it could be rewound to
   */
  @Transactional
  public Rewinds.Outcome rewind(long id, Rewinds.Wanted wanted, String reason) {
    var job = jobs.requireLocked(id);
    if (job.state() == JobState.RUNNING) throw JobControls.running(job);
    try {
      var opened = connections.open(id);
      try (var source = opened.source()) {
        requireBetween("to", opened.settings().startFrom(), wanted.to());
        var outcome = rewinds.rewind(id, source, wanted);
        audit.record(
            "checkpoint.rewind",
            Target.of("job", id),
            reason,
            Stood.of(outcome, Rewound::watermark),
            Stood.of(outcome, Rewound::from));
        return outcome;
      }
    } catch (InvalidSetting e) {
      throw invalid(e);
    }
  }

  /**
   * Lets the next run read again, beside the ordinary reading and without moving its watermarks.
   *
   * @param wanted its partition by id or name
   * @throws Problem 400 if there is no such time, stream or partition, or it cannot be read back,
   *     or is not in the scope
   */
  @Transactional
  public Backfill backfill(long id, Backfills.Wanted wanted, String reason) {
    jobs.requireLocked(id);
    try {
      var opened = connections.open(id);
      try (var source = opened.source()) {
        requireBetween("from", opened.settings().startFrom(), wanted.from());
        requireReadable(source, wanted.stream(), wanted.from());
      }
    } catch (InvalidSetting e) {
      throw invalid(e);
    }
    if (wanted.to() != null && !wanted.from().isBefore(wanted.to())) {
      throw Problem.invalid("to", "is not after from", "Give a later time, or leave it out.");
    }
    var partition = requirePartition(id, wanted);
    var queued =
        backfills.queue(
            id,
            new Backfills.Wanted(wanted.stream(), partition, wanted.from(), wanted.to()),
            reason);
    var backfill = backfills.require(id, queued);
    audit.record("backfill.queue", Target.of("job", id), reason, null, backfill);
    return backfill;
  }

  /**
   * Ends a backfill: what it has read stays. A run that works on it goes on with the next.
   *
   * @throws Problem 404 if there is none, 409 if it has ended
   */
  @Transactional
  public void cancel(long id, long backfill, @Nullable String reason) {
    jobs.requireLocked(id);
    var before = backfills.require(id, backfill);
    if (!backfills.cancel(id, backfill)) {
      throw Problem.conflict(
          "BACKFILL_ENDED",
          "The backfill has ended",
          "Backfill %d is %s.".formatted(backfill, before.state()),
          "There is nothing to cancel.");
    }
    audit.record(
        "backfill.cancel", Target.of("job", id), reason, before, backfills.require(id, backfill));
  }

  private static void requireReadable(Source source, @Nullable String name, Instant from) {
    if (name == null) return;
    var all = source.stages().stream().flatMap(List::stream).toList();
    var named = all.stream().filter(each -> each.name().equals(name)).findFirst();
    var why = named.isEmpty() ? Optional.of("is not known here") : whyNot(named.get(), from);
    if (why.isEmpty()) return;
    var others =
        all.stream()
            .filter(each -> whyNot(each, from).isEmpty())
            .map(RecordStream::name)
            .sorted()
            .toList();
    throw Problem.invalid(
        "stream", why.get(), "Take one of %s, or leave it out for all.".formatted(others));
  }

  private static Optional<String> whyNot(RecordStream stream, Instant from) {
    return switch (stream) {
      case OwedStream _ -> Optional.of("is read with its parents: name their stream");
      case WalkedStream walked ->
          walked.rewind(Map.of(), Partition.WHOLE.id(), from) instanceof Rewind.Not not
              ? Optional.of("cannot be read back: it " + not.instead())
              : Optional.empty();
    };
  }

  /** The id of what is wanted; null = all. */
  private @Nullable String requirePartition(long id, Backfills.Wanted wanted) {
    var named = wanted.partition();
    if (named == null) return null;
    var stream = wanted.stream();
    if (stream != null && backfills.readAsOne(id, stream)) {
      throw Problem.invalid(
          "partition",
          "%s is not read by project or repository".formatted(stream),
          "Name another stream, or leave the partition out.");
    }
    var element =
        backfills
            .element(id, named)
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "partition",
                        "is not known here",
                        "Take the id or name of a project or repository, or leave it out for"
                            + " all."));
    if (!element.included()) {
      throw Problem.invalid(
          "partition",
          "%s is not in the scope of the connection".formatted(element.name()),
          "Include it in the scope, and ask again when a run has read it; or name another.");
    }
    return element.id();
  }

  private static Problem invalid(InvalidSetting setting) {
    return Problem.conflict(
        "CONNECTION_INVALID",
        "The connection does not work as saved",
        "Of its settings, %s.".formatted(setting.getMessage()),
        setting.remedy());
  }

  /** Up to when each partition has been read, for the audit; null = it has not been. */
  private record Stood(List<Part> checkpoints) {

    record Part(String stream, String partition, @Nullable Instant watermark) {}

    static Stood of(Rewinds.Outcome outcome, Function<Rewound, @Nullable Instant> watermark) {
      return new Stood(
          outcome.rewound().stream()
              .map(each -> new Part(each.stream(), each.partition(), watermark.apply(each)))
              .toList());
    }
  }

  private void requireBetween(String field, @Nullable Instant startFrom, Instant time) {
    if (time.isAfter(clock.instant())) {
      throw Problem.invalid(field, "is in the future", "Give a time that has passed.");
    }
    if (startFrom != null && time.isBefore(startFrom)) {
      throw Problem.invalid(
          field,
          "is before the connection's start date, " + startFrom,
          "Give a later time, or move the start date of the connection.");
    }
  }
}
