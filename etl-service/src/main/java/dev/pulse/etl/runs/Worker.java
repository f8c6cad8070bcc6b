package dev.pulse.etl.runs;

import dev.pulse.etl.connections.Connections;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.ingest.RunScope;
import dev.pulse.etl.ingest.StopSignal;
import dev.pulse.etl.ingest.Sync;
import dev.pulse.etl.runs.Outcome.Finished;
import dev.pulse.etl.runs.Outcome.Lost;
import dev.pulse.etl.runs.Outcome.Released;
import dev.pulse.etl.runs.Outcome.Stopped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Works on a claimed run until it ends, and writes down how. */
@Component
class Worker {

  static final String SHUTDOWN = "this node is shutting down";
  static final String LOST = "the run is somebody else's";

  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  private final Connections connections;
  private final Sync sync;
  private final Endings endings;
  private final RunEvents events;
  private final RunSettings settings;

  Worker(
      Connections connections, Sync sync, Endings endings, RunEvents events, RunSettings settings) {
    this.connections = connections;
    this.sync = sync;
    this.endings = endings;
    this.events = events;
    this.settings = settings;
  }

  void work(Claim claim, StopSignal stop) {
    MDC.put("run", Long.toString(claim.runId()));
    MDC.put("connection", Long.toString(claim.jobId()));
    var outcome = outcome(claim, stop);
    boolean interrupted = Thread.interrupted(); // else the database would not be reached
    try {
      endings.write(claim, outcome);
    } catch (RuntimeException e) {
      log.warn("Could not write down how the run ended; it is claimed again: {}", e.toString());
    } finally {
      MDC.clear();
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private Outcome outcome(Claim claim, StopSignal stop) {
    if (claim.losses() > settings.losses()) return Outcomes.deadly(claim.losses());
    try {
      var opened = connections.open(claim.jobId());
      try (var source = opened.source()) {
        var settings = opened.settings();
        var scope =
            new RunScope(claim.fence(), claim.jobId(), settings.scope(), settings.startFrom());
        sync.run(scope, source, stop, new Told(claim.runId()));
      }
      return new Finished();
    } catch (Throwable e) { // an Error too: a run without an ending would be claimed for ever
      var asked = stop.reason();
      if (asked == null && e instanceof InterruptedException) return new Released();
      if (asked == null) return logged(Outcomes.of(e), e);
      return switch (asked) {
        case SHUTDOWN -> new Released();
        case LOST -> new Lost();
        default -> new Stopped(asked);
      };
    }
  }

  /** Makes events of what the operator should hear. */
  private final class Told implements Sync.Listener {

    private final long run;

    Told(long run) {
      this.run = run;
    }

    @Override
    public void unreadable(String stream, Partition partition, String reason, String remedy) {
      events.append(
          run,
          "UNREADABLE",
          "%s of %s cannot be read: %s. %s".formatted(stream, partition.label(), reason, remedy));
    }

    @Override
    public void removed(Partition element, long rows) {
      events.append(
          run,
          "REMOVED",
          "%s has left the scope: its %d rows were removed".formatted(element.label(), rows));
    }

    @Override
    public void held(String stream, long records) {
      events.append(
          run,
          "HELD",
          "%d records that %s counts vanished at once; they stay until an operator approves"
              .formatted(records, stream));
    }
  }

  private static Outcome logged(Outcome outcome, Throwable cause) {
    if (outcome instanceof Outcome.Failed) log.warn("Run failed", cause);
    return outcome;
  }
}
