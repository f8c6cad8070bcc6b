package dev.pulse.etl.connectors.github;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.world.World;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an estimate counts when not all history is to be read. */
class GitHubEstimateTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHub(simulator);
  }

  @Test
  void what_was_last_changed_before_the_start_is_not_priced() {
    connect();
    var all = estimate();
    var start = simulator.world().now().minus(Duration.ofDays(100));
    startFrom(start);

    var recent = estimate();

    assertThat(records(recent, "pull_requests")).isEqualTo(changedPulls(start));
    for (var stream : new String[] {"pull_requests", "issues", "workflow_runs"}) {
      assertThat(records(recent, stream)).as(stream).isPositive().isLessThan(records(all, stream));
      assertThat(of(recent, stream).path("requests").asLong())
          .as(stream)
          .isLessThan(of(all, stream).path("requests").asLong());
    }
  }

  private long changedPulls(Instant since) {
    World world = simulator.world();
    return IntStream.range(0, world.pullCount())
        .filter(i -> !world.pull(i).updated().isBefore(since))
        .count();
  }

  private void startFrom(Instant start) {
    jdbc.sql("update connection set start_from = ? where id = ?")
        .params(Timestamp.from(start), connection)
        .update();
  }

  private static long records(Map<String, JsonNode> estimate, String stream) {
    return of(estimate, stream).path("records").asLong();
  }

  private static JsonNode of(Map<String, JsonNode> estimate, String stream) {
    return requireNonNull(estimate.get(stream), stream);
  }

  private Map<String, JsonNode> estimate() {
    var streams = new HashMap<String, JsonNode>();
    var reply = api("POST", "connections/" + connection + "/estimate", "");
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
    for (var each : reply.json().path("streams")) streams.put(each.path("stream").asString(), each);
    return streams;
  }
}
