package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.toy.ToyBox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A source that is down costs one run its patience, and all others nothing. */
@TestPropertySource(
    properties = {
      "pulse.sources.outage.failures=5",
      "pulse.sources.outage.probe-after=1h",
      "pulse.sources.outage.probe-at-least-every=1h"
    })
class SourceDownTest extends EtlTest {

  private final ToyBox box = new ToyBox();
  private long job;

  @AfterEach
  void no_box() {
    api("DELETE", "connections/" + job, "");
    box.close();
  }

  @Test
  void the_next_run_fails_at_once_and_says_when_the_source_is_asked_again() {
    box.breakAt("/");
    connect();

    failedRun();

    assertThat(box.asked()).hasSize(5);
    assertThat(source().path("state").asString()).isEqualTo("DOWN");
    assertThat(source().path("lastFailure").asString()).isEqualTo("boards answered 500");
    var probeAt = Instant.parse(source().path("probeAt").asString());
    assertThat(probeAt).isAfter(Instant.now().plus(Duration.ofMinutes(20)));

    failedRun();

    assertThat(box.asked()).as("nobody asks meanwhile").isEmpty();
    var job = api("GET", "jobs/" + this.job, "").json();
    assertThat(job.path("error").path("category").asString()).isEqualTo("SOURCE");
    assertThat(job.path("reason").asString()).contains("asked again at " + probeAt);
    assertThat(job.path("nextDueAt").isNull()).as("it is tried again").isFalse();
  }

  private JsonNode source() {
    return api("GET", "sources", "")
        .json()
        .path("items")
        .valueStream()
        .filter(each -> each.path("origin").asString().equals(box.url()))
        .findFirst()
        .orElseThrow();
  }

  private void connect() {
    var body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "connector",
                    "toy",
                    "name",
                    "Broken toys",
                    "settings",
                    Map.of("baseUrl", box.url()),
                    "secrets",
                    Map.of("token", ToyBox.KEY)));
    var reply = api("POST", "connections", body);
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(201);
    job = reply.json().path("id").asLong();
  }

  /** Starts a run and waits until it has failed. */
  private void failedRun() {
    long before = latest();
    assertThat(api("POST", "jobs/" + job + "/start", "").status()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> latest() > before && runs().getFirst().path("state").asString().equals("FAILED"));
  }

  private long latest() {
    return runs().isEmpty() ? 0 : runs().getFirst().path("id").asLong();
  }

  private List<JsonNode> runs() {
    return api("GET", "jobs/" + job + "/runs", "").json().path("items").valueStream().toList();
  }
}
