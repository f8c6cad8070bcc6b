package dev.pulse.etl.runs;

import dev.pulse.etl.runs.Jobs.JobStatus;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a control does to what was read: nothing is lost, and where reading goes on. */
@Service
class Consequences {

  private static final int SHOWN = 3;

  private final JdbcClient jdbc;
  private final Jobs jobs;

  Consequences(JdbcClient jdbc, Jobs jobs) {
    this.jdbc = jdbc;
    this.jobs = jobs;
  }

  /**
   * How a job stands after a control.
   *
   * @param consequence what comes of it, for people
   * @param rowsKept live rows, all of which stay
   * @param openWalks streams and partitions in whose middle reading goes on
   */
  record Steered(JobStatus job, String consequence, long rowsKept, long openWalks) {}

  @Transactional(readOnly = true)
  public Steered of(long job) {
    var status = jobs.require(job);
    var open = openWalks(job);
    var kept = "%,d rows are kept.".formatted(status.rows());
    return new Steered(
        status, "%s %s %s".formatted(next(status), kept, goesOn(open)), status.rows(), open.size());
  }

  private static String next(JobStatus job) {
    return switch (job.state()) {
      case RUNNING -> job.wish() == null ? "Run %d goes on.".formatted(job.runId()) : ends(job);
      case PENDING ->
          job.reason() == null ? "It goes on when its turn comes." : "%s.".formatted(job.reason());
      case PAUSED -> "It is paused until it is resumed.";
      case NOT_STARTED, FINISHED, FAILED -> "Nothing of it is going on.";
    };
  }

  private static String ends(JobStatus job) {
    return switch (job.wish()) {
      case STOP -> "Run %d ends; the next one goes on where it stopped.".formatted(job.runId());
      case PAUSE -> "Run %d holds until the job is resumed.".formatted(job.runId());
      case MAINTENANCE, ACTIVATION -> "Run %d holds, and goes on by itself.".formatted(job.runId());
      case null -> "Run %d goes on.".formatted(job.runId());
    };
  }

  private static String goesOn(List<String> open) {
    if (open.isEmpty()) return "No stream is in the middle of being read.";
    var first = String.join(", ", open.subList(0, Math.min(SHOWN, open.size())));
    int more = open.size() - SHOWN;
    return more > 0
        ? "Reading goes on in the middle of %s and %d more.".formatted(first, more)
        : "Reading goes on in the middle of %s.".formatted(first);
  }

  private List<String> openWalks(long job) {
    return jdbc.sql(
            """
            select k.stream || coalesce(' of ' || e.name, '') as walk
            from checkpoint k
            left join scope_element e on e.connection_id = k.connection_id and e.external_id = k.partition
            where k.connection_id = ? and k.walk_started_at is not null
            order by k.updated_at desc, k.stream, k.partition
            """)
        .param(job)
        .query(String.class)
        .list();
  }
}
