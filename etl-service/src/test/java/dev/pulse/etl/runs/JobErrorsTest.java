package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.StoredJob;
import dev.pulse.etl.runs.Outcome.Failure;
import dev.pulse.etl.runs.RunEvents.RunError;
import dev.pulse.model.FailureCategory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A thousand failures of one kind are one thing to mend. */
class JobErrorsTest extends EtlTest {

  private static final long JOB = 700_601;

  @Autowired JdbcClient jdbc;
  @Autowired RunEvents events;

  @BeforeEach
  void a_job() {
    StoredJob.insert(jdbc, JOB, "errors");
  }

  @AfterEach
  void no_job() {
    StoredJob.delete(jdbc, JOB);
  }

  @Test
  void errors_of_all_runs_are_counted_by_category_code_and_stream() {
    long first = run();
    long second = run();
    denied(first, "issues", "red");
    denied(first, "issues", "blue");
    denied(second, "boards", "red");
    failed(first, "down at ten");
    failed(second, "down at noon");

    var kinds = kinds();

    assertThat(kinds).hasSize(3);
    var down = kind(kinds, "SOURCE_UNAVAILABLE", null);
    assertThat(down.path("category").asString()).isEqualTo("SOURCE");
    assertThat(down.path("count").asLong()).isEqualTo(2);
    assertThat(down.path("firstSeen").asString()).isLessThan(down.path("lastSeen").asString());
    assertThat(down.path("example").path("runId").asLong()).isEqualTo(second);
    assertThat(down.path("example").path("message").asString()).startsWith("down at noon");
    assertThat(down.path("example").path("remedy").asString()).isEqualTo("Wait.");
    assertThat(kind(kinds, "ACCESS_DENIED", "issues").path("count").asLong()).isEqualTo(2);
    assertThat(kind(kinds, "ACCESS_DENIED", "boards").path("count").asLong()).isEqualTo(1);
    assertThat(kinds.getFirst()).as("the latest first").isEqualTo(down);
  }

  @Test
  void records_in_quarantine_are_one_kind_for_each_stream() {
    spoiled("issues", "1", 3);
    spoiled("issues", "2", 1);
    spoiled("boards", "1", 1);

    var kinds = kinds();

    assertThat(kinds).hasSize(2);
    var issues = kind(kinds, "UNREADABLE_RECORD", "issues");
    assertThat(issues.path("count").asLong()).isEqualTo(4);
    assertThat(issues.path("category").asString()).isEqualTo("SOURCE");
    assertThat(issues.path("example").path("message").asString()).isEqualTo("title: no text");
    assertThat(issues.path("example").path("remedy").asString()).contains("quarantine");
  }

  @Test
  void what_failed_before_errors_had_codes_is_counted_too() {
    long run =
        jdbc.sql(
                """
                insert into run (job_id, state, error)
                values (?, 'FAILED', '{"category":"CAPACITY","message":"full","remedy":"Make room."}')
                returning id
                """)
            .param(JOB)
            .query(Long.class)
            .single();
    jdbc.sql("insert into run_event (run_id, kind, message) values (?, 'FAILED', 'full')")
        .param(run)
        .update();
    jdbc.sql("insert into run_event (run_id, kind, message) values (?, 'STARTED', 'Started')")
        .param(run)
        .update();

    var kinds = kinds();

    assertThat(kinds).hasSize(1);
    assertThat(kinds.getFirst().path("category").asString()).isEqualTo("CAPACITY");
    assertThat(kinds.getFirst().path("example").path("remedy").isNull()).isTrue();
    assertThat(api("GET", "runs/" + run, "").json().path("error").path("code").isNull()).isTrue();
  }

  @Test
  void a_job_without_errors_has_none_and_an_unknown_job_is_unknown() {
    run();

    assertThat(kinds()).isEmpty();
    assertThat(api("GET", "jobs/987654321/errors", "").status()).isEqualTo(404);
  }

  private long run() {
    return jdbc.sql("insert into run (job_id, state) values (?, 'FINISHED') returning id")
        .param(JOB)
        .query(Long.class)
        .single();
  }

  private void denied(long run, String stream, String board) {
    var error =
        new RunError(FailureCategory.CONFIGURATION, "ACCESS_DENIED", stream, "Ask for the key.");
    events.wrong(run, "UNREADABLE", stream + " of " + board + " cannot be read", error);
  }

  private void failed(long run, String message) {
    events.failed(run, new Failure(FailureCategory.SOURCE, "SOURCE_UNAVAILABLE", message, "Wait."));
  }

  private void spoiled(String stream, String id, int seen) {
    jdbc.sql(
            """
            insert into quarantine (connection_id, stream, partition, label, external_id, reason, raw, seen)
            values (?, ?, 'p', 'p', ?, 'title: no text', '{}', ?)
            """)
        .params(JOB, stream, id, seen)
        .update();
  }

  private List<JsonNode> kinds() {
    var reply = api("GET", "jobs/" + JOB + "/errors", "");
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
    return reply.json().path("items").valueStream().toList();
  }

  private static JsonNode kind(List<JsonNode> kinds, String code, @Nullable String stream) {
    return kinds.stream()
        .filter(each -> each.path("code").asString().equals(code))
        .filter(each -> stream == null || each.path("stream").asString().equals(stream))
        .findFirst()
        .orElseThrow();
  }
}
