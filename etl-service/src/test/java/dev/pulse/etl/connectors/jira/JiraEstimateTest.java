package dev.pulse.etl.connectors.jira;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an estimate prices. */
class JiraEstimateTest extends ConnectorFixture {

  private final Map<String, String> chosen = new HashMap<>();

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedJira(simulator) {
      @Override
      public Map<String, String> settings(URI address) {
        var settings = new HashMap<>(super.settings(address));
        settings.putAll(chosen);
        return settings;
      }
    };
  }

  @Test
  void boards_are_priced_and_what_is_switched_off_is_not() {
    connect();

    var estimate = estimate();

    assertThat(streams(estimate)).containsOnlyKeys("issues", "boards");
    assertThat(of(estimate, "boards").path("records").asInt())
        .isEqualTo(simulator.world().projects().size());
  }

  @Test
  void what_costs_a_request_for_each_issue_is_priced_when_it_is_switched_on() {
    chosen.put("remoteLinks", "yes");
    chosen.put("development", "yes");
    connect();
    var estimate = estimate();
    long before = simulator.requests().total();

    sync();

    long made = simulator.requests().total() - before;
    assertThat(streams(estimate)).containsKey("remote_links_and_development");
    assertThat(estimate.path("requests").asLong()).isBetween(made / 2, made * 2);
  }

  @Test
  void issues_that_are_older_than_the_start_are_not_priced() {
    connect();
    long all = of(estimate(), "issues").path("records").asLong();
    var start = simulator.world().now().minus(Duration.ofDays(100));
    jdbc.sql("update connection set start_from = ? where id = ?")
        .params(java.sql.Timestamp.from(start), connection)
        .update();

    long recent = of(estimate(), "issues").path("records").asLong();

    assertThat(recent).isPositive().isLessThan(all / 2);
  }

  private JsonNode estimate() {
    return api("POST", "connections/" + connection + "/estimate", "").json();
  }

  private static JsonNode of(JsonNode estimate, String stream) {
    return requireNonNull(streams(estimate).get(stream), stream);
  }

  private static Map<String, JsonNode> streams(JsonNode estimate) {
    var streams = new HashMap<String, JsonNode>();
    for (var each : estimate.path("streams")) streams.put(each.path("stream").asString(), each);
    return streams;
  }
}
