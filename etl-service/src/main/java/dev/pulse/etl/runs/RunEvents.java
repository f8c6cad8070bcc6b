package dev.pulse.etl.runs;

import dev.pulse.etl.ingest.StorableText;
import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.meters.Measure;
import dev.pulse.etl.platform.meters.Meters;
import dev.pulse.model.FailureCategory;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What happened in a run, for the operator; only ever appended to. */
@Component
class RunEvents {

  private static final Logger log = LoggerFactory.getLogger(RunEvents.class);

  /** A run goes on without a backfill: the kind of the event, and the code of the error. */
  static final String BACKFILL_FAILED = "BACKFILL_FAILED";

  private static final List<String> ENDS = List.of("FINISHED", "FAILED", "STOPPED");

  private final JdbcClient jdbc;
  private final JdbcClient ingest;
  private final JsonMapper json;
  private final Meters meters;

  /** Made with what runs are steered with, and what they store with. */
  RunEvents(
      JdbcClient jdbc, @Qualifier("ingest") JdbcTemplate ingest, JsonMapper json, Meters meters) {
    this.jdbc = jdbc;
    this.ingest = JdbcClient.create(ingest);
    this.json = json;
    this.meters = meters;
    for (var end : ENDS) meters.count(Measure.RUNS_ENDED, 0, end.toLowerCase(Locale.ROOT));
  }

  /**
   * Of what kind an error is, and what helps.
   *
   * @param code tells errors of a category apart, for programs
   * @param stream null = of the run as a whole
   */
  record RunError(
      FailureCategory category, @Nullable String code, @Nullable String stream, String remedy) {}

  record RunEvent(long id, long runId, Instant happenedAt, String kind, String message)
      implements Numbered {}

  void append(long runId, String kind, String message) {
    append(jdbc, Level.INFO, runId, kind, message, null);
  }

  /**
   * The same of what a run found out: in the transaction in which it is stored, under its fence.
   */
  void found(long runId, String kind, String message) {
    append(ingest, Level.INFO, runId, kind, message, null);
  }

  /** Something that a run found out is wrong, likewise. */
  void foundWrong(long runId, String kind, String message, RunError error) {
    append(ingest, Level.WARN, runId, kind, message, json.writeValueAsString(error));
  }

  void failed(long runId, Outcome.Failure failure) {
    var error = new RunError(failure.category(), failure.code(), null, failure.remedy());
    wrong(runId, "FAILED", failure.message() + ". " + failure.remedy(), error);
  }

  /** Something went wrong. */
  void wrong(long runId, String kind, String message, RunError error) {
    append(jdbc, Level.WARN, runId, kind, message, json.writeValueAsString(error));
  }

  private void append(
      JdbcClient to,
      Level level,
      long runId,
      String kind,
      String message,
      @Nullable String detail) {
    to.sql(
            """
            insert into run_event (run_id, kind, message, detail)
            values (:run, :kind, :message, :detail::jsonb)
            """)
        .param("run", runId)
        .param("kind", kind)
        .param("message", StorableText.of(message))
        .param("detail", detail)
        .update();
    Meters.onceCommitted(
        () -> {
          say(level, runId, kind, message);
          count(kind);
        });
  }

  /** The log of a run that is not there yet would be lost. */
  private static void say(Level level, long runId, String kind, String message) {
    try (var _ = RunLog.of(runId)) {
      var words = message.replaceAll("\\p{Cntrl}", " ");
      log.atLevel(level).addKeyValue(RunLog.CODE, kind).log("Run {}: {}", runId, words);
    }
  }

  private void count(String kind) {
    if (kind.equals("STARTED")) meters.count(Measure.RUNS_STARTED, 1);
    if (kind.equals("TAKEN_OVER")) meters.count(Measure.LEASE_TAKEOVERS, 1);
    if (ENDS.contains(kind)) meters.count(Measure.RUNS_ENDED, 1, kind.toLowerCase(Locale.ROOT));
  }

  Listed<RunEvent> of(long runId, Keyset<Numbered> page) {
    return select("", runId, page);
  }

  /** Only what went wrong. */
  Listed<RunEvent> errors(long runId, Keyset<Numbered> page) {
    return select("and kind in ('FAILED', 'UNREADABLE', 'BACKFILL_FAILED')", runId, page);
  }

  private Listed<RunEvent> select(String which, long runId, Keyset<Numbered> page) {
    return page.page(
        page.in(
                jdbc.sql(
                    """
                    select id, run_id, happened_at, kind, message
                    from run_event
                    where run_id = :run %s
                    """
                            .formatted(which)
                        + page.sql()))
            .param("run", runId)
            .query(
                (row, number) ->
                    new RunEvent(
                        row.getLong("id"),
                        row.getLong("run_id"),
                        row.getTimestamp("happened_at").toInstant(),
                        row.getString("kind"),
                        row.getString("message")))
            .list());
  }
}
