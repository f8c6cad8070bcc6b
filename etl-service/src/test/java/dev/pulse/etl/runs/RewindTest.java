package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.runs.Node.Reply;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams read again from a time, from any node, and nothing is lost or stored twice. */
class RewindTest extends TwoNodesTest {

  private static final int CARDS = 35;
  private static final Instant TENTH = THEN.plusSeconds(10);

  @Test
  void all_streams_read_again_from_the_time_and_nothing_is_written_twice() {
    long job = connectAndRead(CARDS);

    var told = rewind(job, "{\"to\":\"%s\",\"reason\":\"rows were lost\"}".formatted(TENTH));

    assertThat(told.status()).as(told.json().toString()).isEqualTo(200);
    assertThat(told.json().path("streams").asInt()).isEqualTo(2);
    assertThat(told.json().path("partitions").asInt()).as("red, blue, and all boards").isEqualTo(3);
    assertThat(told.json().path("consequence").asString())
        .isEqualTo(
            "The next run reads 2 streams again, in 3 parts: 2 from %s or before, 1 from their beginning. All rows stay."
                .formatted(TENTH));
    assertThat(told.json().path("rewound").findValuesAsString("label")).contains("red", "blue");
    assertThat(state(job)).as("when its turn comes").isEqualTo("FINISHED");
    box(job).asked();

    read(job);

    assertThat(box(job).asked())
        .contains("/boards", "/boards/red/cards?limit=10&after=&since=" + TENTH);
    assertThat(counter(job, "unchanged")).isGreaterThanOrEqualTo(2L * (CARDS - 10));
    assertThat(counter(job, "inserted + updated + deleted")).isZero();
    assertThat(job(job).path("rows").asLong()).isEqualTo(4L * CARDS + 2);
  }

  @Test
  void what_was_lost_is_there_again_and_what_is_rewound_twice_is_rewound_once() {
    long job = connectAndRead(CARDS);
    jdbc.sql("delete from work_item where connection_id = ? and external_id = 'red-030'")
        .param(job)
        .update();
    var wish = "{\"to\":\"%s\",\"stream\":\"cards\",\"partition\":\"red\",\"reason\":\"lost\"}";

    var first = rewind(job, wish.formatted(TENTH)).json();
    var second = rewind(job, wish.formatted(TENTH)).json();

    assertThat(first.path("rewound").size()).isEqualTo(1);
    assertThat(first.path("rewound").path(0).path("watermark").asString())
        .isEqualTo(THEN.plusSeconds(CARDS - 1).toString());
    assertThat(second.path("rewound").path(0).path("from"))
        .isEqualTo(first.path("rewound").path(0).path("from"));
    var versions = versions(job);
    rewind(job, wish.formatted(TENTH));
    assertThat(versions(job)).as("nothing is moved again").isEqualTo(versions);
    box(job).asked();
    read(job);
    assertThat(counter(job, "inserted")).isEqualTo(1);
    assertThat(box(job).asked())
        .as("the other board goes on")
        .contains("/boards/blue/cards?limit=10&after=&since=" + THEN.plusSeconds(CARDS - 1));
  }

  @Test
  void a_walk_under_way_begins_anew_and_what_was_not_read_yet_is_not_skipped() {
    long job = connect(CARDS);
    box(job).hold("after=red-019");
    accepted(a.post("jobs/" + job + "/start"));
    await().until(() -> job(job).path("rows").asLong() == 2L * (CARDS + 20) + 2);
    accepted(a.ask("POST", "jobs/" + job + "/stop", "{\"mode\":\"now\"}"));
    awaitState(job, "NOT_STARTED");
    box(job).release();

    var told = rewind(job, "{\"to\":\"%s\",\"reason\":\"all of it\"}".formatted(TENTH)).json();

    var red =
        told.path("rewound")
            .valueStream()
            .filter(each -> each.path("label").asString().equals("red"))
            .findFirst()
            .orElseThrow();
    assertThat(red.path("walkGivenUp").asBoolean()).isTrue();
    assertThat(red.path("from").isNull()).as("it had not been read to its end").isTrue();
    box(job).asked();
    read(job);
    assertThat(box(job).asked())
        .contains(
            "/boards/red/cards?limit=10&after=&since=",
            "/boards/blue/cards?limit=10&after=&since=" + TENTH);
    assertThat(job(job).path("rows").asLong()).isEqualTo(4L * CARDS + 2);
  }

  @Test
  void a_paused_run_reads_again_what_it_had_read_to_its_end() {
    long job = connect(CARDS);
    box(job).hold("after=red-019");
    accepted(a.post("jobs/" + job + "/start"));
    await().until(() -> job(job).path("rows").asLong() == 2L * (CARDS + 20) + 2);
    accepted(a.ask("POST", "jobs/" + job + "/pause", "{\"mode\":\"now\"}"));
    awaitState(job, "PAUSED");
    box(job).release();
    long run = runOf(job);

    rewind(
        job, "{\"to\":\"%s\",\"partition\":\"blue\",\"reason\":\"blue again\"}".formatted(TENTH));

    box(job).asked();
    accepted(a.post("jobs/" + job + "/resume"));
    awaitState(job, "FINISHED");
    assertThat(runOf(job)).isEqualTo(run);
    assertThat(box(job).asked())
        .contains(
            "/boards/red/cards?limit=10&after=red-019&since=",
            "/boards/blue/cards?limit=10&after=&since=" + TENTH);
  }

  @Test
  void nothing_is_rewound_while_a_run_is_going_on() {
    long job = running(CARDS);

    var refused = rewind(job, "{\"to\":\"%s\",\"reason\":\"now\"}".formatted(TENTH));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("RUN_ALREADY_ACTIVE");
    box(job).release();
    awaitState(job, "FINISHED");
  }

  @Test
  void what_cannot_be_is_refused_by_name() {
    long job = connectAndRead(1);
    jdbc.sql("update connection set start_from = ? where id = ?")
        .param(Timestamp.from(THEN))
        .param(job)
        .update();
    var base = "{\"to\":\"%s\",%s\"reason\":\"x\"}";
    var wrong =
        List.of(
            rewind(job, base.formatted(Instant.now().plusSeconds(60), "")),
            rewind(job, base.formatted(THEN.minusSeconds(1), "")),
            rewind(job, base.formatted(THEN, "\"stream\":\"card\",")),
            rewind(job, base.formatted(THEN, "\"partition\":\"green\",")),
            rewind(job, "{\"reason\":\"x\"}"),
            rewind(job, "{\"to\":\"yesterday\",\"reason\":\"x\"}"),
            rewind(job, "{\"to\":\"%s\"}".formatted(THEN)),
            rewind(job, base.formatted(THEN, "\"from\":1,")));

    assertThat(wrong).allMatch(reply -> reply.status() == 400);
    assertThat(wrong.stream().map(Reply::field))
        .containsExactly("to", "to", "stream", "partition", "to", "to", "reason", "from");
    assertThat(a.ask("POST", "jobs/4711/checkpoints/rewind", base.formatted(THEN, "")).status())
        .isEqualTo(404);
    assertThat(
            count(
                "select count(*) from audit_event where action = 'checkpoint.rewind' and target_id"
                    + " = ?",
                "" + job))
        .isZero();
  }

  @Test
  void who_did_it_and_how_it_stood_before_is_kept() {
    long job = connectAndRead(CARDS);

    rewind(
        job,
        "{\"to\":\"%s\",\"stream\":\"cards\",\"partition\":\"red\",\"reason\":\"rows were lost\"}"
            .formatted(TENTH));

    var event = b.get("audit?limit=1").json().path("items").path(0);
    assertThat(event.path("action").asString()).isEqualTo("checkpoint.rewind");
    assertThat(event.path("reason").asString()).isEqualTo("rows were lost");
    assertThat(event.path("targetId").asString()).isEqualTo("" + job);
    assertThat(event.path("before").path("checkpoints").path(0).path("watermark").asString())
        .isEqualTo(THEN.plusSeconds(CARDS - 1).toString());
    assertThat(event.path("after").path("checkpoints").path(0).path("watermark").asString())
        .isEqualTo(TENTH.toString());
  }

  private Reply rewind(long job, String wish) {
    return b.ask("POST", "jobs/" + job + "/checkpoints/rewind", wish);
  }

  /** A connection that has been read once. */
  private long connectAndRead(int cards) {
    long job = connect(cards);
    read(job);
    return job;
  }

  private void read(long job) {
    accepted(a.post("jobs/" + job + "/start"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> runState(job).equals("FINISHED") && state(job).equals("FINISHED"));
  }

  private long counter(long job, String columns) {
    return count(
        "select coalesce(sum(%s), 0)::bigint from run_stream where run_id = ?".formatted(columns),
        runOf(job));
  }

  private List<Long> versions(long job) {
    return jdbc.sql(
            "select version from checkpoint where connection_id = ? order by stream, partition")
        .param(job)
        .query(Long.class)
        .list();
  }
}
