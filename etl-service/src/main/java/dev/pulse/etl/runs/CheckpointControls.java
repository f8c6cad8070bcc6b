package dev.pulse.etl.runs;

import dev.pulse.etl.connections.Connections;
import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.ingest.Rewinds;
import dev.pulse.etl.ingest.Rewinds.Rewound;
import dev.pulse.etl.platform.audit.Audit;
import dev.pulse.etl.platform.audit.Audit.Target;
import dev.pulse.etl.platform.problem.Problem;
import dev.pulse.model.JobState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
  private final Audit audit;
  private final Clock clock;

  CheckpointControls(
      JobStates jobs, Connections connections, Rewinds rewinds, Audit audit, Clock clock) {
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
        requireBetween(opened.settings().startFrom(), wanted.to());
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
      throw Problem.conflict(
          "CONNECTION_INVALID",
          "The connection does not work as saved",
          "Of its settings, %s.".formatted(e.getMessage()),
          e.remedy());
    }
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

  private void requireBetween(@Nullable Instant startFrom, Instant to) {
    if (to.isAfter(clock.instant())) {
      throw Problem.invalid("to", "is in the future", "Give a time that has passed.");
    }
    if (startFrom != null && to.isBefore(startFrom)) {
      throw Problem.invalid(
          "to",
          "is before the connection's start date, " + startFrom,
          "Give a later time, or move the start date of the connection.");
    }
  }
}
