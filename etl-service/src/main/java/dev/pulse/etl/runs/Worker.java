package dev.pulse.etl.runs;

import dev.pulse.etl.connections.Connections;
import dev.pulse.etl.ingest.RunScope;
import dev.pulse.etl.ingest.Sync;
import dev.pulse.etl.platform.database.DatabaseTrouble;
import dev.pulse.etl.platform.telemetry.Spans;
import dev.pulse.etl.runs.Outcome.Asked;
import dev.pulse.etl.runs.Outcome.CutOff;
import dev.pulse.etl.runs.Outcome.Failed;
import dev.pulse.etl.runs.Outcome.Finished;
import dev.pulse.etl.runs.Outcome.Lost;
import dev.pulse.etl.runs.Outcome.Released;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Works on a claimed run until it ends, and writes down how. */
@Component
class Worker {

  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  /** How long a node tries to tell a database that is away how a run ended. */
  private static final int ATTEMPTS = 600;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

  private final Connections connections;
  private final Sync sync;
  private final Remapping remapping;
  private final Endings endings;
  private final RunEvents events;
  private final RunSettings settings;
  private final Spans spans;

  Worker(
      Connections connections,
      Sync sync,
      Remapping remapping,
      Endings endings,
      RunEvents events,
      RunSettings settings,
      Spans spans) {
    this.connections = connections;
    this.sync = sync;
    this.remapping = remapping;
    this.endings = endings;
    this.events = events;
    this.settings = settings;
    this.spans = spans;
  }

  void work(ActiveRun run) {
    MDC.put("run", Long.toString(run.claim().runId()));
    MDC.put("connection", Long.toString(run.claim().jobId()));
    try {
      var outcome = spans.around("run", span -> outcome(run, span));
      run.beginEnding();
      writeDown(run.claim(), outcome);
    } finally {
      MDC.clear();
    }
  }

  private Outcome outcome(ActiveRun run, Span span) {
    var outcome = outcome(run);
    span.setAttribute("pulse.outcome", outcome.getClass().getSimpleName());
    if (outcome instanceof Failed) span.setStatus(StatusCode.ERROR);
    return outcome;
  }

  private Outcome outcome(ActiveRun run) {
    var claim = run.claim();
    if (claim.losses() > settings.losses()) return Outcomes.deadly(claim.losses());
    try {
      var opened = connections.open(claim.jobId());
      try (var source = opened.source()) {
        var settings = opened.settings();
        var scope =
            new RunScope(claim.fence(), claim.jobId(), settings.scope(), settings.startFrom());
        remapping.queue(claim, source, settings.startFrom());
        sync.run(scope, source, run.stop(), new Told(events, claim.runId()));
      }
      return new Finished();
    } catch (Throwable e) { // an Error too: a run without an ending would be claimed for ever
      var asked = run.stop().reason();
      if (asked == null && e instanceof InterruptedException) return new Released();
      if (asked == null) return logged(Outcomes.of(e), e);
      return switch (asked) {
        case ActiveRun.SHUTDOWN -> new Released();
        case ActiveRun.LOST -> new Lost();
        default -> new Asked();
      };
    }
  }

  /** Nobody else writes of the run meanwhile: whoever takes it over makes this write nothing. */
  private void writeDown(Claim claim, Outcome outcome) {
    for (int attempt = 1; ; attempt++) {
      try {
        endings.write(claim, outcome);
        return;
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS || DatabaseTrouble.of(e) != DatabaseTrouble.PASSES) {
          log.warn("Could not write down how the run ended; it is claimed again", e);
          return;
        }
        log.info("Cannot write down yet how the run ended: {}", e.toString());
      }
      try {
        Thread.sleep(BETWEEN_ATTEMPTS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return; // this node goes away, and the lease runs out
      }
    }
  }

  private static Outcome logged(Outcome outcome, Throwable cause) {
    if (outcome instanceof Failed) log.warn("Run failed", cause);
    if (outcome instanceof CutOff) log.warn("Cut off from the database: {}", cause.toString());
    return outcome;
  }
}
