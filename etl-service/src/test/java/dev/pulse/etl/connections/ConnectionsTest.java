package dev.pulse.etl.connections;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.platform.http.TestAuthority;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.World;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class ConnectionsTest extends EtlTest {

  private static final AtomicInteger NAMES = new AtomicInteger();

  @Autowired JdbcClient jdbc;

  private final String name = "Connection " + NAMES.incrementAndGet();
  private final Map<String, Object> more = new HashMap<>();
  private Simulator simulator;

  @BeforeEach
  void a_source() {
    simulator = Simulator.start(new World(7, 400, Clock.systemUTC()), 0);
  }

  @AfterEach
  void no_source() {
    for (var item : api("GET", "connections?limit=200", "").json().path("items")) {
      api("DELETE", "connections/" + item.path("id").asLong(), "");
    }
    simulator.close();
  }

  @Test
  void a_change_keeps_the_secret_that_is_not_sent_again() {
    long id = create();
    var sealed = secrets(id);

    var reply = api("PUT", "connections/" + id, body(url(), null));

    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
    assertThat(secrets(id)).isEqualTo(sealed);
    assertThat(api("POST", "connections/" + id + "/check", "").json().path("works").asBoolean())
        .isTrue();
  }

  @Test
  void another_origin_asks_for_the_secret_again_and_nothing_is_changed() {
    long id = create();
    var other = url().replace("127.0.0.1", "127.0.0.2");

    var refused = api("PUT", "connections/" + id, body(other, null));
    var accepted = api("PUT", "connections/" + id, body(other, "another"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").path(0).path("field").asString())
        .isEqualTo("secrets.token");
    assertThat(accepted.status()).isEqualTo(200);
  }

  @Test
  void another_way_to_the_source_asks_for_the_secret_again() {
    long id = create();
    more.put("network", Map.of("caCertificate", TestAuthority.make().pem()));

    var refused = api("PUT", "connections/" + id, body(url(), null));
    var accepted = api("PUT", "connections/" + id, body(url(), "another"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").path(0).path("field").asString())
        .isEqualTo("secrets.token");
    assertThat(accepted.status()).as(accepted.json().toString()).isEqualTo(200);
    assertThat(accepted.json().path("network").path("caCertificate").asString())
        .startsWith("-----BEGIN CERTIFICATE-----");
  }

  @Test
  void what_was_read_is_not_mixed_with_what_another_source_holds() {
    long id = create();
    api("POST", "jobs/" + id + "/start", "");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> api("GET", "jobs/" + id, "").json().path("state").asString().equals("FINISHED"));
    var other = url().replace("127.0.0.1", "127.0.0.2");

    var refused = api("PUT", "connections/" + id, body(other, "t"));
    more.put("sameSource", true);
    var moved = api("PUT", "connections/" + id, body(other, "t"));
    more.put("startFrom", "2020-01-01");
    var earlier = api("PUT", "connections/" + id, body(other, null));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("code").asString()).isEqualTo("ANOTHER_SOURCE");
    assertThat(moved.status()).as(moved.json().toString()).isEqualTo(200);
    assertThat(earlier.status()).isEqualTo(400);
    assertThat(earlier.json().path("errors").path(0).path("field").asString())
        .isEqualTo("startFrom");
  }

  @Test
  void two_connections_cannot_have_one_name() throws Exception {
    long id = create();
    assertThat(api("POST", "connections", body(url(), "t")).status()).isEqualTo(400);
    assertThat(api("DELETE", "connections/" + id, "").status()).isEqualTo(204);

    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> create = () -> api("POST", "connections", body(url(), "t")).status();
      for (var each : threads.invokeAll(Collections.nCopies(6, create))) statuses.add(each.get());
    }

    assertThat(statuses).containsOnlyOnce(201).doesNotContain(500);
  }

  @Test
  void a_change_of_what_somebody_else_has_changed_is_a_conflict() {
    long id = create();
    long seen = api("GET", "connections/" + id, "").json().path("version").asLong();
    api("PUT", "connections/" + id + "/scope", "{\"include\":[\"A\"]}");

    more.put("version", seen);
    var reply = api("PUT", "connections/" + id, body(url(), null));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("code").asString()).isEqualTo("CHANGED_MEANWHILE");
  }

  @Test
  void the_scope_can_be_changed_by_itself() {
    long id = create();

    var put = api("PUT", "connections/" + id + "/scope", "{\"exclude\":[\"BETA\"]}");

    assertThat(put.status()).isEqualTo(200);
    assertThat(api("GET", "connections/" + id + "/scope", "").json()).isEqualTo(put.json());
  }

  @Test
  void discovery_finds_at_most_as_many_as_wanted() {
    long id = create();

    var two = api("POST", "connections/" + id + "/discover?limit=2", "");
    var unsaved = api("POST", "connections/discover?limit=1", body(url(), Simulator.TOKEN));

    assertThat(two.json().path("items").size()).isEqualTo(2);
    assertThat(unsaved.json().path("items").size()).isEqualTo(1);
  }

  @Test
  void an_estimate_needs_no_saved_connection() {
    var estimate = api("POST", "connections/estimate", body(url(), Simulator.TOKEN));

    assertThat(estimate.status()).isEqualTo(200);
    assertThat(estimate.json().path("records").asLong()).isPositive();
    assertThat(estimate.json().path("requests").asLong()).isPositive();
  }

  @Test
  void an_estimate_with_a_wrong_token_names_the_field() {
    var estimate = api("POST", "connections/estimate", body(url(), "wrong-token"));

    assertThat(estimate.status()).isEqualTo(422);
    assertThat(estimate.json().path("errors").get(0).path("field").asString())
        .isEqualTo("secrets.token");
  }

  @Test
  void deleting_a_connection_in_the_middle_of_a_run_leaves_nothing_of_it() {
    long id = create();
    api("POST", "jobs/" + id + "/start", "");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> count("select count(*) from work_item where connection_id = " + id) > 0);

    assertThat(api("DELETE", "connections/" + id, "").status()).isEqualTo(204);

    assertThat(api("GET", "jobs/" + id, "").status()).isEqualTo(404);
    assertThat(count("select count(*) from job where id = " + id)).isZero();
    assertThat(count("select count(*) from qrtz_triggers where trigger_name = '%d'".formatted(id)))
        .isZero();
    await().atMost(Duration.ofSeconds(20)).until(() -> leftOf(id).isEmpty());
  }

  @Test
  void a_quarantined_record_that_can_be_read_again_is_stored_and_leaves() {
    long id = create();
    long good =
        quarantined(id, "{\"id\":\"9\",\"name\":\"Blocked\",\"statusCategory\":{\"key\":\"new\"}}");
    long bad = quarantined(id, "{\"colour\":\"red\"}");

    var list = api("GET", "quarantine?limit=1&connection=" + id, "");
    assertThat(list.json().path("items").path(0).path("id").asLong()).isEqualTo(good);
    assertThat(list.json().path("next").asString()).isEqualTo(Long.toString(good));
    assertThat(api("GET", "quarantine/" + bad, "").json().path("raw").asString())
        .contains("colour");

    var stored = api("POST", "quarantine/" + good + "/retry", "");
    var refused = api("POST", "quarantine/" + bad + "/retry", "");

    assertThat(stored.status()).as(stored.json().toString()).isEqualTo(204);
    assertThat(
            count(
                "select count(*) from work_status where external_id = '9' and connection_id = "
                    + id))
        .isEqualTo(1);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("code").asString()).isEqualTo("STILL_UNREADABLE");
    assertThat(api("GET", "quarantine?connection=" + id, "").json().path("items").size())
        .isEqualTo(1);
  }

  @Test
  void planted_secrets_are_found_nowhere(CapturedOutput output) {
    var canary = "canary-5f1d9c";
    var seen = new StringBuilder();
    var urls = List.of(url(), url().replace("127.0.0.1", "127.0.0.2"));
    for (var url : urls) {
      seen.append(api("POST", "connections/check", body(url, canary)).json());
      seen.append(api("POST", "connections/discover", body(url, canary)).json());
    }
    var reply = api("POST", "connections", body(url(), canary));
    long id = reply.json().path("id").asLong();
    seen.append(reply.json());
    api("POST", "jobs/" + id + "/start", "");
    await()
        .until(() -> api("GET", "jobs/" + id, "").json().path("state").asString().equals("FAILED"));
    for (var path :
        List.of(
            "connections",
            "connections/" + id,
            "jobs/status",
            "jobs/" + id,
            "runs",
            "budgets",
            "quarantine",
            "jobs/" + id + "/runs",
            "connectors")) {
      seen.append(api("GET", path, "").json());
    }
    var run = api("GET", "jobs/" + id, "").json().path("runId").asLong();
    seen.append(api("GET", "runs/" + run + "/events", "").json());
    seen.append(api("PUT", "connections/" + id, body("https://10.0.0.1", canary)).json());
    seen.append(api("POST", "connections", "{\"secrets\":{\"token\":\"" + canary + "\"").json());
    seen.append(api("POST", "connections", "{\"secrets\":\"" + canary + "\"}").json());
    seen.append(
        api("POST", "connections", "{\"secrets\":{\"token\":[\"" + canary + "\"]}}").json());

    var encoded =
        Base64.getEncoder().encodeToString(("demo@acme.example:" + canary).getBytes(UTF_8));
    for (var secret : List.of(canary, encoded)) {
      assertThat(seen.toString()).doesNotContain(secret);
      assertThat(output.getAll()).doesNotContain(secret);
      assertThat(dump()).doesNotContain(secret);
    }
  }

  private long create() {
    var reply = api("POST", "connections", body(url(), Simulator.TOKEN));
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(201);
    return reply.json().path("id").asLong();
  }

  private String url() {
    return simulator.url("jira").toString();
  }

  private String body(String url, @Nullable String token) {
    var body = new HashMap<String, Object>(more);
    body.put("connector", "jira");
    body.put("name", name);
    body.put("settings", Map.of("baseUrl", url, "email", "demo@acme.example"));
    if (token != null) body.put("secrets", Map.of("token", token));
    return JsonMapper.shared().writeValueAsString(body);
  }

  private long quarantined(long connection, String raw) {
    return jdbc.sql(
            """
            insert into quarantine (connection_id, stream, partition, label, external_id, reason, raw)
            values (?, 'work_statuses', '', 'all', md5(random()::text), 'test', ?)
            returning id
            """)
        .params(connection, raw)
        .query(Long.class)
        .single();
  }

  private String secrets(long id) {
    return jdbc.sql("select secrets::text from connection where id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  /** Tables that hold rows of a connection. */
  private List<String> leftOf(long connection) {
    var tables =
        jdbc.sql(
                """
                select table_name::text from information_schema.columns
                where table_schema = 'etl' and column_name = 'connection_id'
                """)
            .query(String.class)
            .list();
    assertThat(tables).hasSizeGreaterThan(15);
    return tables.stream()
        .filter(
            table ->
                count(
                        "select count(*) from %s where connection_id = %d"
                            .formatted(table, connection))
                    > 0)
        .toList();
  }

  private String dump() {
    var tables =
        jdbc.sql(
                "select table_name::text from information_schema.tables where table_schema = 'etl'")
            .query(String.class)
            .list();
    var all = new StringBuilder();
    for (var table : tables) {
      all.append(
          jdbc.sql("select coalesce(string_agg(t::text, '\n'), '') from %s t".formatted(table))
              .query(String.class)
              .single());
    }
    return all.toString();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
