package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.platform.live.Broadcast;
import dev.pulse.etl.platform.live.LiveEvent;
import dev.pulse.etl.runs.Listener.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happens anywhere in the cluster is told to everybody who listens, as it happens. */
class LiveEventsTest extends TwoNodesTest {

  private final List<Listener> listeners = new ArrayList<>();

  private Listener listen(Node node, String query) {
    var listener = Listener.to(node, query);
    listeners.add(listener);
    return listener;
  }

  @AfterEach
  void listen_no_more() {
    listeners.forEach(Listener::close);
    // a connection that was closed shows when something is written to it
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              for (var node : List.of(a, b)) {
                node.bean(Broadcast.class).publish(LiveEvent.of("test", Set.of(), "{}"));
              }
              return a.bean(Broadcast.class).size() + b.bean(Broadcast.class).size() == 0;
            });
  }

  @Test
  void what_is_done_on_one_node_is_heard_on_the_other() {
    long job = connect(1);
    var heard = listen(b, "");
    heard.await("snapshot", snapshot -> true);

    accepted(a.post("jobs/" + job + "/pause"));

    var event = heard.await("job", change -> state(change, job).equals("PAUSED"));
    assertThat(event.data().path("jobId").asLong()).isEqualTo(job);
    assertThat(event.version()).isPositive();
    assertThat(event.data().path("job")).isEqualTo(job(job));
  }

  @Test
  void whoever_comes_and_comes_again_is_first_told_how_all_jobs_stand() {
    long job = running(1);
    long idle = connect(1);

    for (int i = 0; i < 2; i++) {
      try (var heard = Listener.to(b, "")) {
        var snapshot = heard.await("snapshot", any -> true);

        assertThat(heard.events().getFirst()).isEqualTo(snapshot);
        assertThat(snapshot.data().path("jobs")).isEqualTo(a.get("jobs/status").json());
        assertThat(ids(snapshot.data().path("jobs"), "id")).containsExactly(job, idle);
        var run = snapshot.data().path("runs").path(0);
        assertThat(run.path("run")).isEqualTo(run(runOf(job)));
        assertThat(run.path("streams")).hasSize(2);
        assertThat(run.path("progress").path("streams").asInt()).isEqualTo(2);
        assertThat(snapshot.data().path("budgets").isArray()).isTrue();
      }
    }
  }

  @Test
  void the_head_says_that_it_is_a_stream_that_nobody_keeps() throws Exception {
    var answer = Listener.ask(a, "");

    try (var _ = answer.body()) {
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    }
  }

  @Test
  void who_asks_for_the_head_alone_is_not_kept() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(a.url() + "events"))
            .method("HEAD", BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(30))
            .build();

    try (var client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
    assertThat(a.bean(Broadcast.class).size()).isZero();
  }

  @Test
  void a_run_is_told_from_its_beginning_to_its_end_and_versions_never_go_back() {
    var onA = listen(a, "");
    var onB = listen(b, "");
    for (var each : List.of(onA, onB)) each.await("snapshot", any -> true);

    long job = connect(35);
    accepted(a.post("jobs/" + job + "/start"));
    awaitState(job, "FINISHED");

    long run = runOf(job);
    for (var each : List.of(onA, onB)) {
      each.await("job", change -> state(change, job).equals("FINISHED"));
      each.await(
          "run",
          change ->
              change.path("runId").asLong() == run
                  && change.path("run").path("state").asString().equals("FINISHED"));
      await().untilAsserted(() -> assertLastNumbersAreThoseStored(each, run));
      assertRising(each.events());
    }
  }

  private void assertLastNumbersAreThoseStored(Listener heard, long run) {
    var last = new HashMap<String, JsonNode>();
    for (var each : heard.events("stream")) {
      if (each.data().path("runId").asLong() == run) {
        var stream = each.data().path("stream");
        last.put(stream.path("stream").asString(), stream);
      }
    }
    var stored =
        jdbc.sql(
                """
                select stream, sum(pages) as pages, sum(inserted) as inserted, sum(unchanged) as unchanged,
                  sum(read) as read
                from run_stream
                where run_id = ?
                group by 1
                """)
            .param(run)
            .query()
            .listOfRows();
    assertThat(last).hasSameSizeAs(stored);
    for (var row : stored) {
      var told = last.get((String) row.get("stream"));
      assertThat(told).isNotNull();
      for (var number : List.of("pages", "inserted", "unchanged", "read")) {
        assertThat(told.path(number).asLong())
            .as(number)
            .isEqualTo(Long.parseLong(String.valueOf(row.get(number))));
      }
      assertThat(told.path("expected").asLong()).isEqualTo(told.path("read").asLong());
      assertThat(told.path("percent").asDouble()).isEqualTo(100);
      assertThat(told.path("state").asString()).isEqualTo("ENDED");
    }
  }

  private static void assertRising(List<Event> events) {
    var latest = new HashMap<Long, Long>();
    for (var each : events) {
      if (!each.data().has("jobId")) continue;
      long job = each.data().path("jobId").asLong();
      assertThat(each.version()).isGreaterThanOrEqualTo(latest.getOrDefault(job, 0L));
      latest.put(job, each.version());
    }
  }

  @Test
  void counters_are_told_while_a_page_is_awaited() {
    long job = connect(25);
    var heard = listen(b, "?jobs=" + job);
    box(job).hold("after=red-009");
    accepted(a.post("jobs/" + job + "/start"));

    var event =
        heard.await(
            "stream",
            change ->
                change.path("stream").path("partitionsEnded").asInt() == 1
                    && change.path("stream").path("read").asInt() == 35);

    var cards = event.data().path("stream");
    assertThat(cards.path("partitions").asInt()).isEqualTo(2);
    assertThat(cards.path("label").asString()).isEqualTo("cards");
    assertThat(cards.path("state").asString()).isEqualTo("READING");
    assertThat(cards.path("expected").isNull()).as("this source counts nothing").isTrue();
    assertThat(cards.path("percent").isNull()).isTrue();
    assertThat(cards.path("open").path(0).path("standing").path("words").asString())
        .isEqualTo("cards of red, up to 1 January 2026");
  }

  @Test
  void how_far_each_partition_has_been_read_is_told_in_words_and_as_instants() {
    long job = connect(3);
    accepted(a.post("jobs/" + job + "/start"));
    awaitState(job, "FINISHED");

    var checkpoints = b.get("jobs/" + job + "/checkpoints").json().path("items");

    assertThat(
            checkpoints.valueStream().map(each -> each.path("standing").path("words").asString()))
        .satisfiesExactly(
            words -> assertThat(words).startsWith("boards, up to date as of "),
            words -> assertThat(words).startsWith("cards of blue, up to date as of "),
            words -> assertThat(words).startsWith("cards of red, up to date as of "));
    for (var each : checkpoints) {
      assertThat(each.path("standing").path("upToDateAsOf")).isEqualTo(each.path("completedAt"));
    }
    assertThat(checkpoints.path(1).path("read").asInt()).isEqualTo(3);
    assertThat(b.get("runs/" + runOf(job) + "/streams").json().path("items"))
        .allSatisfy(
            each -> {
              assertThat(each.path("percent").asDouble()).isEqualTo(100);
              assertThat(each.path("eta").isNull()).isTrue();
            });
  }

  @Test
  void why_a_run_waits_and_until_when_is_told() {
    long job = connect(25);
    var heard = listen(a, "");
    box(job).allow(3, 3_600);
    accepted(a.post("jobs/" + job + "/start"));

    var event =
        heard.await(
            "run",
            change ->
                change.path("jobId").asLong() == job
                    && change.path("run").path("state").asString().equals("WAITING"));

    var wait = event.data().path("progress").path("waits");
    assertThat(wait.path("waitsFor").asString()).isEqualTo("SOURCE");
    assertThat(wait.path("reason").asString()).contains("too many questions");
    assertThat(wait.path("until")).isEqualTo(run(runOf(job)).path("resumesAt"));
    accepted(a.post("jobs/" + job + "/stop"));
  }

  @Test
  void a_job_that_is_deleted_is_told_to_be_gone() {
    long job = connect(1);
    var heard = listen(b, "");
    heard.await("snapshot", any -> true);

    a.ask("DELETE", "connections/" + job, "");

    heard.await(
        "job", change -> change.path("jobId").asLong() == job && change.path("job").isNull());
  }

  @Test
  void a_budget_is_told_as_it_is_spent() {
    long job = connect(1);
    var heard = listen(b, "?jobs=" + job);
    heard.await("snapshot", any -> true);
    jdbc.sql("update job set budget_keys = '{live}' where id = ?").param(job).update();
    jdbc.sql(
            """
            insert into rate_budget (budget_key, resource, allowance, remaining, resets_at)
            values ('live', 'core', 5000, 4999, clock_timestamp() + interval '1 hour')
            """)
        .update();

    jdbc.sql("update job set version = version + 1 where id = ?").param(job).update();

    var event = heard.await("budget", any -> true);
    assertThat(event.data().path("jobIds").path(0).asLong()).isEqualTo(job);
    assertThat(event.data().path("budget").path("remaining").asLong()).isEqualTo(4_999);
    jdbc.sql("delete from rate_budget where budget_key = 'live'").update();
  }

  @Test
  void only_the_jobs_that_are_asked_for_are_told() {
    long wanted = connect(1);
    long other = connect(1);
    var heard = listen(b, "?jobs=" + wanted + ",987654321");
    var snapshot = heard.await("snapshot", any -> true);
    assertThat(ids(snapshot.data().path("jobs"), "id")).containsExactly(wanted);

    accepted(a.post("jobs/" + other + "/pause"));
    accepted(a.post("jobs/" + wanted + "/pause"));

    heard.await("job", change -> state(change, wanted).equals("PAUSED"));
    assertThat(heard.events("job"))
        .allMatch(event -> event.data().path("jobId").asLong() == wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?jobs=", "?jobs=all", "?jobs=1,,2", "?jobs=1;2"})
  void a_list_of_jobs_that_is_none_is_refused_by_name(String query) throws Exception {
    var answer = Listener.ask(a, query);

    try (var body = answer.body()) {
      assertThat(answer.statusCode()).isEqualTo(400);
      var problem = JsonMapper.shared().readTree(body);
      assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo("jobs");
    }
  }

  @Test
  void who_has_gone_is_forgotten() {
    var broadcast = a.bean(Broadcast.class);
    var many = new ArrayList<Listener>();
    for (int i = 0; i < 50; i++) many.add(Listener.to(a, ""));
    for (var each : many) each.await("snapshot", any -> true);
    assertThat(broadcast.size()).isEqualTo(50);

    many.forEach(Listener::close);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              broadcast.publish(LiveEvent.of("test", Set.of(), "{}"));
              assertThat(broadcast.size()).isZero();
            });
  }

  @Test
  void who_goes_in_the_middle_of_an_event_takes_nobody_along() throws Exception {
    var over = new AtomicBoolean();
    var broadcast = a.bean(Broadcast.class);
    var publishing =
        Thread.startVirtualThread(
            () -> {
              while (!over.get()) {
                broadcast.publish(LiveEvent.of("test", Set.of(), "{}"));
                LockSupport.parkNanos(1_000_000);
              }
            });

    for (int round = 0; round < 10; round++) {
      var some = new ArrayList<Listener>();
      for (int i = 0; i < 10; i++) some.add(Listener.to(a, ""));
      for (var each : some) each.await("snapshot", any -> true);
      some.forEach(Listener::close);
    }

    over.set(true);
    publishing.join();
  }

  @Test
  void who_does_not_keep_up_is_dropped_and_the_others_hear_everything() throws Exception {
    var broadcast = a.bean(Broadcast.class);
    var heard = listen(a, "");
    heard.await("snapshot", any -> true);
    var large = "x".repeat(16 * 1_024);

    try (var _ = Listener.deaf(a)) {
      await().until(() -> broadcast.size() == 2 && !broadcast.hasNewcomers());
      int sent = 0;
      while (broadcast.size() == 2 && sent < 2_000) {
        var json = "{\"n\":%d,\"is\":\"%s\"}".formatted(sent++, large);
        broadcast.publish(LiveEvent.of("test", Set.of(), json));
        int all = sent;
        await()
            .pollInterval(Duration.ofMillis(1))
            .atMost(Duration.ofSeconds(30))
            .until(() -> heard.events("test").size() == all);
      }

      assertThat(broadcast.size()).isEqualTo(1);
      assertThat(sent).isGreaterThan(256);
      assertThat(heard.events("test").stream().map(each -> each.data().path("n").asInt()))
          .isSorted();
      assertThat(heard.ended()).isFalse();
    }
  }

  @Test
  void if_nobody_listens_nobody_looks() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> a.bean(Broadcast.class).size() + b.bean(Broadcast.class).size() == 0);
    long before = a.bean(LiveFeed.class).looks() + b.bean(LiveFeed.class).looks();

    long job = connect(30);
    accepted(a.post("jobs/" + job + "/start"));
    awaitState(job, "FINISHED");

    assertThat(a.bean(LiveFeed.class).looks() + b.bean(LiveFeed.class).looks()).isEqualTo(before);
  }

  private static String state(JsonNode change, long job) {
    boolean same = change.path("jobId").asLong() == job;
    return same ? change.path("job").path("state").asString("") : "";
  }

  private static List<Long> ids(JsonNode list, String field) {
    return list.valueStream().map(each -> each.path(field).asLong()).toList();
  }
}
