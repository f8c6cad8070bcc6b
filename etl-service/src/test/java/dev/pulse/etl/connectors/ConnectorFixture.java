package dev.pulse.etl.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.SourceProxy;
import dev.pulse.etl.SourceProxy.Asked;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.World;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** A simulated source, and a connection of the whole service to it. */
public abstract class ConnectorFixture extends EtlTest {

  private static final AtomicInteger NAMES = new AtomicInteger();

  @Autowired protected JdbcClient jdbc;
  protected Simulator simulator;
  protected TestedSource source;
  protected long connection;
  private @Nullable SourceProxy proxy;

  /** How large the world is: the first element must have more than one page. */
  protected int scale() {
    return 600;
  }

  /** The source of the connector under test. */
  protected abstract TestedSource tested(Simulator simulator);

  @BeforeEach
  void a_source() {
    simulator = Simulator.start(new World(7, scale(), Clock.systemUTC()), 0);
    source = tested(simulator);
  }

  @AfterEach
  void no_source() {
    disconnect();
    if (proxy != null) proxy.close();
    simulator.close();
  }

  /** Changes the records of the main stream in a page, and tells whether it did. */
  protected interface Change {
    boolean apply(ArrayNode records);
  }

  /** From now on the service reaches the source through a proxy only. */
  protected final SourceProxy proxy() {
    if (proxy == null) proxy = new SourceProxy(simulator.url(""));
    return proxy;
  }

  /** Changes the pages of the main stream from now on. */
  protected final void changing(Change change) {
    proxy()
        .answer(
            (asked, from) -> {
              var answer = from.answer(asked);
              if (!answer.isJson() || !mayHoldRecords(asked)) return answer;
              var json = answer.json();
              var records = source.records(asked, json);
              boolean changed;
              synchronized (this) {
                changed = !records.isEmpty() && change.apply(records);
              }
              return changed ? answer.with(json) : answer;
            });
  }

  private boolean mayHoldRecords(Asked asked) {
    return asked.text().contains(source.mainOperation());
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

  /** Ends what runs and forgets the connection with all its rows. */
  protected final void disconnect() {
    if (connection == 0) return;
    api("POST", "jobs/" + connection + "/stop", "{\"mode\":\"now\"}");
    await().atMost(Duration.ofSeconds(15)).until(() -> !state().equals("RUNNING"));
    assertThat(api("DELETE", "connections/" + connection, "").status()).isEqualTo(204);
    jdbc.sql("delete from scope_element where connection_id = ?").param(connection).update();
    jdbc.sql("delete from rate_budget").update();
    connection = 0;
  }

  protected final void start() {
    assertThat(api("POST", "jobs/" + connection + "/start", "").status()).isEqualTo(202);
  }

  protected final void awaitEnd(String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .failFast(() -> assertThat(state()).as(job().toString()).isIn("PENDING", "RUNNING", state))
        .until(() -> state().equals(state));
  }

  protected final void assertEqualToWorld() {
    source.assertEqualToWorld(jdbc, connection);
  }

  /** A connection, as a client would save it. */
  protected final String body(String token) {
    URI address = proxy == null ? simulator.url(source.name()) : proxy.url(source.name());
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "connector", source.connector(),
                "name", source.name() + " " + NAMES.incrementAndGet(),
                "settings", source.settings(address),
                "secrets", source.secrets(token)));
  }

  protected final JsonNode job() {
    return api("GET", "jobs/" + connection, "").json();
  }

  protected final String state() {
    return job().path("state").asString();
  }

  protected final long storedRows() {
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

  /** Texts found by a query with the connection's id as its only parameter. */
  protected final List<String> texts(String sql) {
    return jdbc.sql(sql).param(connection).query(String.class).list();
  }
}
