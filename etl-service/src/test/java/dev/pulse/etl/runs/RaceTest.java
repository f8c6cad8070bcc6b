package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.runs.Node.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operators on two nodes do things at the same instant. */
class RaceTest extends TwoNodesTest {

  private static final List<String> CONTROLS =
      List.of(
          "start {}",
          "start {\"force\":true}",
          "stop {}",
          "stop {\"mode\":\"now\"}",
          "pause {}",
          "pause {\"mode\":\"now\"}",
          "resume {}",
          "activate {}");

  private final ExecutorService operators = Executors.newVirtualThreadPerTaskExecutor();
  private final Random random = new Random(20260301);

  @AfterEach
  void no_operators() {
    operators.close();
  }

  @Test
  void whatever_two_nodes_do_at_once_leaves_one_truth() throws Exception {
    raceControls(200);
  }

  @Test
  void a_hundred_jobs_started_on_two_nodes_at_once_have_one_owner_each() throws Exception {
    raceStarts(100);
  }

  @Test
  @Tag("long")
  void a_thousand_jobs_started_on_two_nodes_at_once_have_one_owner_each() throws Exception {
    raceStarts(1_000);
  }

  private void raceControls(int races) throws Exception {
    long job = connect(25);
    long beside = connect(25);
    for (int race = 0; race < races; race++) {
      if (random.nextInt(4) == 0) box(job).hold();
      var first = "jobs/" + job + "/" + CONTROLS.get(random.nextInt(CONTROLS.size()));
      var second =
          random.nextInt(8) == 0
              ? "orchestrator/" + (random.nextBoolean() ? "pause {}" : "resume {}")
              : "jobs/"
                  + (random.nextInt(4) == 0 ? beside : job)
                  + "/"
                  + CONTROLS.get(random.nextInt(CONTROLS.size()));

      var replies = atOnce(List.of(() -> ask(a, first), () -> ask(b, second)));

      for (var reply : replies) {
        assertThat(reply.status()).as("%s and %s: %s", first, second, reply.json()).isIn(202, 409);
      }
      assertConsistent();
      box(job).release();
    }

    accepted(a.post("orchestrator/resume"));
    for (long each : List.of(job, beside)) bringToItsEnd(each);
    assertConsistent();
    assertLegal();
    assertThat(job(job).path("rows").asLong()).isEqualTo(4L * 25 + 2);
    assertThat(count("select count(*) from run where state = 'FAILED'")).isZero();
  }

  /** Whatever has become of a job, these bring it to a good end. */
  private void bringToItsEnd(long job) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              if (state(job).equals("PAUSED")) b.post("jobs/" + job + "/resume");
              if (state(job).equals("NOT_STARTED")) b.post("jobs/" + job + "/start");
              return state(job).equals("FINISHED")
                  && run(runOf(job)).path("state").asString().equals("FINISHED");
            });
  }

  /** Every run has begun once, ended once at the most, and nothing has happened after its end. */
  private void assertLegal() {
    assertThat(
            count(
                """
                select count(*)
                from (
                  select run_id, count(*) filter (where kind = 'STARTED') as begun,
                    count(*) filter (where kind in ('FINISHED', 'FAILED', 'STOPPED')) as ended,
                    (array_agg(kind order by id desc))[1] in ('FINISHED', 'FAILED', 'STOPPED') as ends_so
                  from run_event e
                  group by run_id) as runs
                where begun <> 1 or ended > 1 or (ended = 1 and not ends_so)
                """))
        .isZero();
  }

  private void raceStarts(int races) throws Exception {
    long job = connect(1);
    for (int race = 1; race <= races; race++) {
      box(job).hold();

      var replies =
          atOnce(
              List.of(
                  () -> ask(a, "jobs/" + job + "/start {}"),
                  () -> ask(b, "jobs/" + job + "/start {\"force\":true}"),
                  () -> ask(b, "jobs/" + job + "/start {}")));

      assertThat(replies).allMatch(reply -> reply.status() == 202 || reply.status() == 409);
      assertThat(replies).anyMatch(reply -> reply.status() == 202);
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> box(job).waiting() > 0);
      assertThat(count("select count(*) from run where job_id = ?", job)).isEqualTo(race);
      assertThat(count("select count(*) from run_lease where expires > clock_timestamp()"))
          .isEqualTo(1);
      assertThat(count("select token from run_lease")).as("given once").isEqualTo(1);
      box(job).release();
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> state(job).equals("FINISHED"));
    }
    assertThat(count("select count(*) from run where job_id = ? and attempts = 1", job))
        .isEqualTo(races);
    assertThat(count("select count(distinct r.id) from run r where state = 'FINISHED'"))
        .isEqualTo(races);
  }

  private static Reply ask(Node node, String control) {
    var parts = control.split(" ", 2);
    return node.ask("POST", parts[0], parts[1]);
  }

  private interface Act {
    Reply act();
  }

  private List<Reply> atOnce(List<Act> acts) throws Exception {
    var barrier = new CyclicBarrier(acts.size());
    var asked = new ArrayList<Future<Reply>>();
    for (var act : acts) {
      asked.add(
          operators.submit(
              () -> {
                barrier.await();
                return act.act();
              }));
    }
    var replies = new ArrayList<Reply>();
    for (var each : asked) replies.add(each.get());
    return replies;
  }
}
