package dev.pulse.etl.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.EtlTest;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.world.World;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every connector does, whatever its source. A connector's test says how to connect and what
 * the truth is; leaving a behaviour out needs a reason in code.
 */
public abstract class ConnectorContractTest extends EtlTest {

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final int SCALE = 600;

  @Autowired protected JdbcClient jdbc;
  protected Simulator simulator;
  protected long connection;

  /** Name of the source in the simulator, and of the connector. */
  protected abstract String source();

  /** Settings of a connection to the simulator. */
  protected abstract Map<String, String> settings();

  /** Part of the name of the operation that reads the largest stream page by page. */
  protected abstract String mainOperation();

  /** Compares all that is stored for {@link #connection} with the world, row by row. */
  protected abstract void assertEqualToWorld();

  /** Does something to some items of the main stream; returns to how many. */
  protected abstract int change(int count);

  /** How many requests a run may make when nothing is new. */
  protected abstract int quietRequests();

  @BeforeEach
  void a_source() {
    simulator = Simulator.start(new World(7, SCALE, Clock.systemUTC()), 0);
  }

  @AfterEach
  void no_source() {
    if (connection != 0) {
      api("POST", "jobs/" + connection + "/stop", "{\"mode\":\"now\"}");
      await().until(() -> !state().equals("RUNNING"));
      assertThat(api("DELETE", "connections/" + connection, "").status()).isEqualTo(204);
      jdbc.sql("delete from scope_element where connection_id = ?").param(connection).update();
      jdbc.sql("delete from rate_budget").update();
    }
    simulator.close();
  }

  @Test
  void reads_everything_once() {
    sync();

    assertEqualToWorld();
    assertThat(counter("updated")).isZero();
  }

  @Test
  void a_second_run_without_changes_writes_nothing_and_asks_little() {
    sync();
    simulator.requests().reset();
    var versions = rowVersions();

    sync();

    assertThat(rowVersions()).isEqualTo(versions);
    assertThat(counter("inserted") + counter("updated") + counter("deleted")).isZero();
    assertThat(simulator.requests().total())
        .as(simulator.requests().counts().toString())
        .isLessThanOrEqualTo(quietRequests());
  }

  @Test
  void reads_what_changed_since() {
    sync();
    int changed = change(20);

    sync();

    assertEqualToWorld();
    assertThat(counter("inserted") + counter("updated")).isGreaterThanOrEqualTo(changed);
  }

  @Test
  void a_change_during_the_reading_is_not_lost() {
    simulator.faults().add(Fault.of(Kind.SLOW, source()).number(30));
    connect();
    start();
    await().until(() -> rows() > 0);
    change(15);

    awaitEnd("FINISHED");
    simulator.faults().clear();
    sync();

    assertEqualToWorld();
  }

  @Test
  void waits_as_long_as_the_source_says_and_goes_on_by_itself() {
    simulator
        .faults()
        .add(Fault.of(Kind.RATE_LIMITED, source()).on(mainOperation()).after(2).times(1).number(2));

    sync();

    assertEqualToWorld();
    assertThat(simulator.requests().tooEarly()).isZero();
  }

  @Test
  void a_rejected_token_fails_with_a_remedy_and_no_storm_of_retries() {
    connect();
    simulator.requests().reset();
    simulator.faults().add(Fault.of(Kind.UNAUTHORIZED, source()));
    start();

    awaitEnd("FAILED");

    var job = job();
    assertThat(job.path("error").path("category").asString()).isEqualTo("CONFIGURATION");
    assertThat(job.path("error").path("remedy").asString()).isNotBlank();
    assertThat(simulator.requests().total()).isLessThanOrEqualTo(8);
  }

  @Test
  void server_errors_are_outlasted() {
    simulator.faults().add(Fault.of(Kind.STATUS, source()).after(3).times(3).number(503));

    sync();

    assertEqualToWorld();
  }

  @Test
  void broken_answers_are_asked_for_again() {
    simulator.faults().add(Fault.of(Kind.CUT, source()).after(2).times(2));
    simulator.faults().add(Fault.of(Kind.TRUNCATED_JSON, source()).after(6).times(2));
    simulator.faults().add(Fault.of(Kind.HTML, source()).after(9).times(2));

    sync();

    assertEqualToWorld();
  }

  @Test
  void a_source_that_falls_silent_or_drips_is_cut_off_and_asked_again() {
    simulator.faults().add(Fault.of(Kind.SILENT, source()).after(4).times(1).number(20_000));
    simulator.faults().add(Fault.of(Kind.DRIP, source()).after(6).times(1).number(500));

    sync();

    assertEqualToWorld();
  }

  @Test
  void records_twice_in_a_page_and_out_of_order_are_stored_once() {
    simulator.faults().add(Fault.of(Kind.DUPLICATES, source()));
    simulator.faults().add(Fault.of(Kind.REORDERED, source()));

    sync();

    assertEqualToWorld();
  }

  @Test
  void an_unreadable_record_is_quarantined_and_the_rest_goes_on() {
    simulator.faults().add(Fault.of(Kind.UNREADABLE, source()).on(mainOperation()).times(1));

    sync();

    assertThat(counter("quarantined")).isPositive();
    var raw =
        jdbc.sql("select raw from quarantine where connection_id = ?")
            .param(connection)
            .query(String.class)
            .list();
    assertThat(raw).isNotEmpty();
  }

  @Test
  void a_page_token_that_expires_does_not_stop_the_reading() {
    simulator.faults().add(Fault.of(Kind.EXPIRED_TOKEN, source()).times(1));

    sync();

    assertEqualToWorld();
  }

  @Test
  void a_stop_is_honoured_within_a_page_and_the_next_run_goes_on() {
    simulator.faults().add(Fault.of(Kind.SLOW, source()).number(100));
    connect();
    start();
    await().until(() -> rows() > 0);

    api("POST", "jobs/" + connection + "/stop", "{\"reason\":\"lunch\"}");

    await().atMost(Duration.ofSeconds(5)).until(() -> state().equals("NOT_STARTED"));
    simulator.faults().clear();
    start();
    awaitEnd("FINISHED");
    assertEqualToWorld();
  }

  @Test
  void a_wrong_token_is_told_by_the_field_and_the_remedy() {
    var reply = api("POST", "connections/check", body("wrong-token"));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("code").asString()).isEqualTo("CREDENTIALS_REJECTED");
    assertThat(reply.json().path("errors").path(0).path("field").asString())
        .isEqualTo("secrets.token");
    assertThat(reply.json().path("remedy").asString()).isNotBlank();
    assertThat(reply.json().toString()).doesNotContain("wrong-token");
  }

  @Test
  void a_connection_that_works_says_who_it_is() {
    var reply = api("POST", "connections/check", body(Simulator.TOKEN));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("works").asBoolean()).isTrue();
    assertThat(reply.json().path("account").asString()).isNotBlank();
  }

  /** Connects if need be, runs the job once and waits for its good end. */
  protected final void sync() {
    if (connection == 0) connect();
    start();
    awaitEnd("FINISHED");
  }

  protected final void connect() {
    var reply = api("POST", "connections", body(Simulator.TOKEN));
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(201);
    assertThat(reply.json().toString()).doesNotContain(Simulator.TOKEN);
    connection = reply.json().path("id").asLong();
  }

  protected final void start() {
    assertThat(api("POST", "jobs/" + connection + "/start", "").status()).isEqualTo(202);
  }

  protected final void awaitEnd(String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .failFast(() -> assertThat(state()).as(job().toString()).isIn("PENDING", "RUNNING", state))
        .until(() -> state().equals(state));
  }

  private String body(String token) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "connector", source(),
                "name", source() + " " + NAMES.incrementAndGet(),
                "settings", settings(),
                "secrets", Map.of("token", token)));
  }

  protected final JsonNode job() {
    return api("GET", "jobs/" + connection, "").json();
  }

  private String state() {
    return job().path("state").asString();
  }

  private long rows() {
    return job().path("rows").asLong();
  }

  /** A counter of the latest run. */
  protected final long counter(String column) {
    return jdbc.sql(
            "select coalesce(sum(%s), 0) from run_stream where run_id = (select max(id) from run where job_id = ?)"
                .formatted(column))
        .param(connection)
        .query(Long.class)
        .single();
  }

  /** Rows of a query with the connection's id as its only parameter, as texts joined by bars. */
  protected final List<String> rows(String sql) {
    return jdbc.sql(sql).param(connection).query(String.class).list();
  }

  /** The physical versions of all rows: a row that is written again gets another. */
  private List<String> rowVersions() {
    var all =
        List.of(
            "organization",
            "account",
            "project",
            "field",
            "work_item_type",
            "work_status",
            "work_item",
            "work_item_change",
            "comment",
            "repository",
            "commit",
            "pull_request",
            "pull_request_commit",
            "pull_request_event",
            "review");
    return all.stream()
        .flatMap(
            table ->
                rows(
                    "select '%1$s ' || id || ctid::text from %1$s where connection_id = ? order by id"
                        .formatted(table))
                    .stream())
        .toList();
  }
}
