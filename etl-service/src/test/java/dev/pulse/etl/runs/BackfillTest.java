package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.runs.Node.Reply;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A part of a source is read again, and the ordinary reading goes on as if nothing was. */
class BackfillTest extends ToyBackfills {

  @Test
  void what_was_lost_is_there_again_and_the_watermark_has_not_moved() {
    long job = connectAndRead();
    jdbc.sql("delete from work_item where connection_id = ? and external_id = 'red-030'")
        .param(job)
        .update();
    var live = watermarks(job);

    var queued = backfill(job, "\"stream\":\"cards\",\"partition\":\"red\",");

    assertThat(queued.status()).as(queued.json().toString()).isEqualTo(202);
    assertThat(queued.json().path("state").asString()).isEqualTo("QUEUED");
    box(job).asked();
    read(job);
    assertThat(box(job).asked())
        .contains(
            "/boards/red/cards?limit=10&after=&since=" + TENTH,
            "/boards/red/cards?limit=10&after=&since=" + THEN.plusSeconds(CARDS - 1))
        .doesNotContain("/boards/blue/cards?limit=10&after=&since=" + TENTH);
    assertThat(count("select count(*) from work_item where connection_id = ?", job))
        .isEqualTo(2L * CARDS);
    assertThat(watermarks(job)).isEqualTo(live);
    var ended = latest(job);
    assertThat(ended.path("state").asString()).isEqualTo("FINISHED");
    assertThat(ended.path("inserted").asLong()).isEqualTo(1);
    assertThat(ended.path("updated").asLong()).isZero();
    assertThat(ended.path("partitions").asLong()).isEqualTo(1);
    assertThat(ended.path("partitionsEnded").asLong()).isEqualTo(1);

    backfill(job, "");
    read(job);

    assertThat(latest(job).path("state").asString()).isEqualTo("FINISHED");
    assertThat(latest(job).path("partitions").asLong()).as("red, blue, boards").isEqualTo(3);
    assertThat(latest(job).path("inserted").asLong()).isZero();
    assertThat(latest(job).path("updated").asLong()).isZero();
    assertThat(latest(job).path("unchanged").asLong()).isGreaterThanOrEqualTo(2L * (CARDS - 10));
    assertThat(watermarks(job)).isEqualTo(live);
    assertThat(job(job).path("rows").asLong()).isEqualTo(4L * CARDS + 3);
  }

  @Test
  void a_backfill_that_is_cut_off_goes_on_where_it_stood() {
    long job = connectAndRead();
    backfill(job, "\"stream\":\"cards\",\"partition\":\"red\",");
    box(job).breakAt("after=red-029&since=" + TENTH);
    accepted(a.post("jobs/" + job + "/start"));
    awaitState(job, "FAILED");
    assertThat(latest(job).path("state").asString()).isEqualTo("RUNNING");
    assertThat(latest(job).path("pages").asLong()).isEqualTo(2);
    box(job).breakAt("nothing");
    box(job).asked();

    read(job);

    assertThat(box(job).asked())
        .contains("/boards/red/cards?limit=10&after=red-029&since=" + TENTH)
        .doesNotContain("/boards/red/cards?limit=10&after=&since=" + TENTH);
    assertThat(latest(job).path("state").asString()).isEqualTo("FINISHED");
  }

  @Test
  void one_that_is_cancelled_in_its_middle_ends_and_the_run_ends_well() {
    long job = connectAndRead();
    long id = backfill(job, "\"partition\":\"red\",").json().path("id").asLong();
    box(job).hold("after=red-019&since=" + TENTH);
    accepted(a.post("jobs/" + job + "/start"));
    await().until(() -> box(job).waiting() > 0);
    assertThat(latest(job).path("state").asString()).isEqualTo("RUNNING");

    assertThat(b.ask("DELETE", "jobs/" + job + "/backfills/" + id, "").status()).isEqualTo(204);

    box(job).release();
    awaitState(job, "FINISHED");
    assertThat(latest(job).path("state").asString()).isEqualTo("CANCELLED");
    assertThat(checkpoints(job)).as("nothing of it is left").noneMatch(name -> name.contains("@"));
    assertThat(b.ask("DELETE", "jobs/" + job + "/backfills/" + id, "").code())
        .isEqualTo("BACKFILL_ENDED");
    box(job).asked();
    read(job);
    assertThat(box(job).asked()).noneMatch(asked -> asked.endsWith("since=" + TENTH));
  }

  @Test
  void what_cannot_be_is_refused_by_name() {
    long job = connectAndRead();

    var wrong =
        List.of(
            backfill(job, "\"stream\":\"card\","),
            backfill(job, "\"partition\":\"green\","),
            backfill(job, "\"to\":\"%s\",".formatted(TENTH)),
            a.ask("POST", "jobs/" + job + "/backfill", "{\"reason\":\"x\"}"),
            a.ask(
                "POST",
                "jobs/" + job + "/backfill",
                "{\"from\":\"%s\",\"reason\":\"x\"}".formatted(Instant.now().plusSeconds(60))));

    assertThat(wrong).allMatch(reply -> reply.status() == 400);
    assertThat(wrong.stream().map(Reply::field))
        .containsExactly("stream", "partition", "to", "from", "from");
    assertThat(a.ask("DELETE", "jobs/" + job + "/backfills/4711", "").status()).isEqualTo(404);
    assertThat(a.get("jobs/" + job + "/backfills").json().path("items").size()).isZero();
  }

  @Test
  void what_is_not_in_the_scope_is_refused_and_not_taken_for_read() {
    long job = connectAndRead();
    scope(job, "red");
    read(job);

    var refused = backfill(job, "\"partition\":\"blue\",");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.field()).isEqualTo("partition");
    assertThat(refused.json().path("detail").asString()).contains("not in the scope");
    assertThat(refused.json().path("remedy").asString()).contains("Include it in the scope");
    assertThat(backfill(job, "\"partition\":\"red\",").status()).isEqualTo(202);
  }

  @Test
  void a_stream_that_cannot_be_read_back_so_is_refused_with_those_that_can() {
    long job = connectAndRead();

    var unknown = backfill(job, "\"stream\":\"card\",");
    var whole = backfill(job, "\"stream\":\"boards\",\"partition\":\"red\",");

    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.field()).isEqualTo("stream");
    assertThat(unknown.json().path("remedy").asString()).contains("[boards, cards]");
    assertThat(whole.status()).as("there is one list of all boards").isEqualTo(400);
    assertThat(whole.field()).isEqualTo("partition");
    assertThat(whole.json().path("remedy").asString()).contains("leave");
    assertThat(backfill(job, "\"stream\":\"boards\",").status()).isEqualTo(202);
  }

  private List<String> watermarks(long job) {
    return jdbc.sql(
            "select stream || ' ' || partition || ' ' || coalesce(watermark::text, '') from"
                + " checkpoint where connection_id = ? order by 1")
        .param(job)
        .query(String.class)
        .list();
  }

  private List<String> checkpoints(long job) {
    return jdbc.sql("select stream from checkpoint where connection_id = ?")
        .param(job)
        .query(String.class)
        .list();
  }
}
