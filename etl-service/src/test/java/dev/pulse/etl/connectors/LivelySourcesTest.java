package dev.pulse.etl.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.github.GitHubTruth;
import dev.pulse.etl.connectors.jira.JiraTruth;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.World;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Sources that people work on much, and sources that answer little. */
class LivelySourcesTest extends EtlTest {

  @Autowired private JdbcClient jdbc;

  private final World world = new World(7, 300, Clock.systemUTC());
  private Simulator simulator;
  private long connection;

  @BeforeEach
  void a_source() {
    simulator = Simulator.start(world, 0);
  }

  @AfterEach
  void no_source() {
    api("POST", "jobs/" + connection + "/stop", "{\"mode\":\"now\"}");
    await().until(() -> !state().equals("RUNNING"));
    assertThat(api("DELETE", "connections/" + connection, "").status()).isEqualTo(204);
    simulator.close();
  }

  @Test
  void what_force_pushes_and_edited_comments_replace_is_replaced() {
    connect(
        "github", Map.of("baseUrl", simulator.url("github").toString(), "organization", "acme"));
    sync();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < world.pullCount(); i++) world.editPull(i);
    }
    assertThat(IntStream.range(0, world.pullCount()).mapToObj(world::pull))
        .anyMatch(pull -> !pull.replaced().isEmpty());

    sync();

    new GitHubTruth(jdbc, world).assertEqual(connection);
  }

  @Test
  void a_site_that_answers_ten_requests_a_second_is_read_to_the_end() {
    simulator.jira().allow(10, Duration.ofSeconds(1));
    connect(
        "jira", Map.of("baseUrl", simulator.url("jira").toString(), "email", "demo@acme.example"));

    sync();

    new JiraTruth(jdbc, world).assertEqual(connection);
  }

  private void connect(String source, Map<String, String> settings) {
    var body =
        Map.of(
            "connector",
            source,
            "name",
            "lively " + source,
            "settings",
            settings,
            "secrets",
            Map.of("token", Simulator.TOKEN));
    var reply = api("POST", "connections", JsonMapper.shared().writeValueAsString(body));
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(201);
    connection = reply.json().path("id").asLong();
  }

  private void sync() {
    assertThat(api("POST", "jobs/" + connection + "/start", "").status()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .failFast(() -> assertThat(state()).isIn("PENDING", "RUNNING", "FINISHED"))
        .until(() -> state().equals("FINISHED"));
  }

  private String state() {
    return api("GET", "jobs/" + connection, "").json().path("state").asString();
  }
}
