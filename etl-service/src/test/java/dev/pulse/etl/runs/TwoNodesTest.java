package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.etl.runs.Node.Reply;
import dev.pulse.local.postgres.LocalPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/**
 * Two nodes on one database, started once for all tests, and toy boxes to read. Each box is a
 * source with a budget of its own.
 */
abstract class TwoNodesTest {

  static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static @Nullable Pair pair;

  final JdbcClient jdbc = pair().jdbc;
  final Node a = pair().a;
  final Node b = pair().b;
  private final Map<Long, ToyBox> boxes = new HashMap<>();

  private record Pair(Node a, Node b, JdbcClient jdbc) {}

  private static synchronized Pair pair() {
    if (pair == null) {
      var database = LocalPostgres.shared().freshDatabase();
      var nodes = List.of(Node.start(database, "pair"), Node.start(database, "pair"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> nodes.forEach(Node::close)));
      var jdbc =
          JdbcClient.create(
              new DriverManagerDataSource(database + "?currentSchema=etl", "postgres", "postgres"));
      pair = new Pair(nodes.get(0), nodes.get(1), jdbc);
    }
    return pair;
  }

  @AfterEach
  void forget_everything() {
    boxes.values().forEach(ToyBox::release);
    for (var job : boxes.keySet()) a.ask("DELETE", "connections/" + job, "");
    boxes.values().forEach(ToyBox::close);
    jdbc.sql("delete from run_lease").update();
    jdbc.sql("delete from run").update();
    jdbc.sql("delete from job").update();
    jdbc.sql("delete from scope_element").update();
    jdbc.sql(
            """
            update orchestrator
               set state = 'RUNNING', reason = null, mode = null, resumed_at = null, max_active = null, interval_seconds = null,
                   retry_after_seconds = null, retries = null, keep_runs_days = null, version = version + 1
            """)
        .update();
  }

  /** A connection to a box of its own, with so many cards on each of its two boards. */
  final long connect(int cards) {
    var box = new ToyBox();
    for (var board : List.of("red", "blue")) {
      for (int i = 0; i < cards; i++) {
        box.put(board, i, board + " " + i, THEN.plusSeconds(i).toString());
      }
    }
    return connect(box);
  }

  final long connect(ToyBox box) {
    var body = box.connection("Toys " + NAMES.incrementAndGet());
    var reply = a.ask("POST", "connections", body);
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(201);
    long job = reply.json().path("id").asLong();
    boxes.put(job, box);
    return job;
  }

  final ToyBox box(long job) {
    var box = boxes.get(job);
    if (box == null) throw new IllegalArgumentException("no box for " + job);
    return box;
  }

  /** A connection whose run is going on: it waits for the source's answer. */
  final long running(int cards) {
    long job = connect(cards);
    box(job).hold();
    accepted(a.post("jobs/" + job + "/start"));
    await().atMost(Duration.ofSeconds(20)).until(() -> box(job).waiting() > 0);
    return job;
  }

  /** The node that works on the run of a job, and the one that does not. */
  final Node owner(long job) {
    return owns(a, job) ? a : b;
  }

  final Node other(long job) {
    return owns(a, job) ? b : a;
  }

  private boolean owns(Node node, long job) {
    var owner =
        jdbc.sql(
                "select l.owner from run_lease l join run r on r.id = l.run_id where r.job_id = ?"
                    + " and r.state = 'RUNNING'")
            .param(job)
            .query(String.class)
            .single();
    return owner.equals(node.bean(Dispatcher.class).owner());
  }

  static Reply accepted(Reply reply) {
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(202);
    return reply;
  }

  final JsonNode job(long id) {
    return a.get("jobs/" + id).json();
  }

  final String state(long job) {
    return job(job).path("state").asString();
  }

  final JsonNode run(long id) {
    return a.get("runs/" + id).json();
  }

  final long runOf(long job) {
    return job(job).path("runId").asLong();
  }

  /** Of its latest run; empty if it never ran. */
  final String runState(long job) {
    long run = runOf(job);
    return run == 0 ? "" : run(run).path("state").asString();
  }

  final void awaitState(long job, String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> state(job).equals(state));
  }

  final long count(String sql, Object... parameters) {
    return jdbc.sql(sql).params(List.of(parameters)).query(Long.class).single();
  }

  /** What must be true of all jobs and runs at any instant, whoever did what. */
  final void assertConsistent() {
    assertThat(
            texts(
                "select job_id from run where state in ('RUNNING', 'WAITING') group by 1 having"
                    + " count(*) > 1"))
        .as("jobs with two runs that have not ended")
        .isEmpty();
    assertThat(
            texts(
                """
                select j.id || ' ' || j.state || ' but its run ' || coalesce(r.state, 'is not there')
                from job j
                left join run r on r.job_id = j.id and r.state in ('RUNNING', 'WAITING')
                where (j.state = 'RUNNING') <> coalesce(r.state = 'RUNNING', false)
                   or (r.state = 'WAITING' and j.state not in ('PENDING', 'PAUSED'))
                """))
        .isEmpty();
    assertThat(
            texts(
                """
                select r.id || ' ' || r.state
                from run_lease l
                join run r on r.id = l.run_id
                where l.expires > clock_timestamp() and r.state <> 'RUNNING'
                """))
        .as("runs that are not going on and have a lease")
        .isEmpty();
  }

  private List<String> texts(String sql) {
    return jdbc.sql(sql).query((row, n) -> row.getString(1)).list();
  }
}
