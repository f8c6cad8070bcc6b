package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How far a backfill has come is told like that of the ordinary reading, and apart from it. */
class BackfillProgressTest extends ToyBackfills {

  private static final String LABEL =
      "cards (backfill from 1 January 2026, 00:00 UTC to 1 February 2026)";

  @Test
  void pages_rows_of_how_many_and_the_checkpoint_in_words_are_told_while_it_goes_on() {
    long job = connectAndRead();
    long id =
        backfill(job, "\"stream\":\"cards\",\"to\":\"2026-02-01T00:00:00Z\",")
            .json()
            .path("id")
            .asLong();
    var stream = "cards@" + id;
    try (var heard = Listener.to(a, "?jobs=" + job)) {
      box(job).hold("after=red-029&since=" + TENTH);
      accepted(b.post("jobs/" + job + "/start"));

      var told = heard.await("stream", each -> isOf(each, stream) && read(each) == 45).data();

      var cards = told.path("stream");
      assertThat(cards.path("label").asString()).isEqualTo(LABEL);
      assertThat(cards.path("state").asString()).isEqualTo("READING");
      assertThat(cards.path("partitions").asInt()).isEqualTo(2);
      assertThat(cards.path("partitionsEnded").asInt()).isEqualTo(1);
      assertThat(cards.path("pages").asInt()).isEqualTo(5);
      assertThat(cards.path("unchanged").asInt()).isGreaterThanOrEqualTo(45);
      var red = cards.path("open").path(0);
      assertThat(red.path("label").asString()).isEqualTo("red");
      assertThat(red.path("standing").path("words").asString())
          .isEqualTo(LABEL + " of red, up to 1 January 2026");
      var report = a.get("runs/" + told.path("runId").asLong() + "/progress").json();
      assertThat(report.path("progress").path("streams").asInt()).isEqualTo(3);
      assertThat(report.path("progress").path("streamsEnded").asInt()).isEqualTo(2);
      assertThat(report.path("streams").path(2).path("stream").asString())
          .as("after all others")
          .isEqualTo(stream);
      assertThat(words(job)).contains(LABEL + " of red, up to 1 January 2026");

      box(job).release();
      var ended =
          heard.await(
              "stream",
              each ->
                  isOf(each, stream)
                      && each.path("stream").path("state").asString().equals("ENDED"));
      assertThat(ended.data().path("stream").path("read").asInt()).isEqualTo(50);
      assertThat(ended.data().path("stream").path("percent").asDouble()).isEqualTo(100);
    }
    awaitState(job, "FINISHED");
  }

  @Test
  void what_is_left_of_it_is_named_when_another_run_goes_on_with_the_ordinary_reading() {
    long job = connectAndRead();
    backfill(job, "\"stream\":\"cards\",\"to\":\"2026-02-01T00:00:00Z\",");
    box(job).breakAt("after=red-029&since=" + TENTH);
    accepted(a.post("jobs/" + job + "/start"));
    awaitState(job, "FAILED");
    box(job).hold("/boards");
    accepted(a.post("jobs/" + job + "/start"));
    awaitState(job, "RUNNING");

    assertThat(words(job)).contains(LABEL + " of red, up to 1 January 2026");

    box(job).breakAt("nothing");
    box(job).release();
    awaitState(job, "FINISHED");
  }

  private static boolean isOf(JsonNode event, String stream) {
    return event.path("stream").path("stream").asString("").equals(stream);
  }

  private static long read(JsonNode event) {
    return event.path("stream").path("read").asLong();
  }

  private String words(long job) {
    return b.get("jobs/" + job + "/checkpoints").json().path("items").toString();
  }
}
