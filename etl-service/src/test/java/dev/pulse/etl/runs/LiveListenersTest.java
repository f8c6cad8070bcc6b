package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.platform.live.Broadcast;
import dev.pulse.etl.platform.live.LiveEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever listens is told all from the start, hears what was asked for, and may leave at any time.
 */
class LiveListenersTest extends LiveTest {

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
}
