package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.runs.Node.Reply;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Backfills of boards of which so many cards have changed since {@link #TENTH}. */
abstract class ToyBackfills extends TwoNodesTest {

  static final int CARDS = 35;
  static final Instant TENTH = THEN.plusSeconds(10);

  final Reply backfill(long job, String more) {
    return b.ask(
        "POST",
        "jobs/" + job + "/backfill",
        "{%s\"from\":\"%s\",\"reason\":\"rows were lost\"}".formatted(more, TENTH));
  }

  final JsonNode latest(long job) {
    return a.get("jobs/" + job + "/backfills?limit=1").json().path("items").path(0);
  }

  final long connectAndRead() {
    long job = connect(CARDS);
    read(job);
    return job;
  }

  final void read(long job) {
    long before = runOf(job);
    accepted(a.post("jobs/" + job + "/start"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> runOf(job) > before && state(job).equals("FINISHED"));
  }

  final void scope(long job, String board) {
    var narrowed =
        a.ask("PUT", "connections/" + job + "/scope", "{\"include\":[\"%s\"]}".formatted(board));
    assertThat(narrowed.status()).as(narrowed.json().toString()).isEqualTo(200);
  }
}
