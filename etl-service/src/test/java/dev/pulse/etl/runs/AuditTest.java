package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.etl.platform.audit.Actor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.databind.JsonNode;

/** Whatever an operator does can be read afterwards: who, what, when, why, and what it changed. */
class AuditTest extends TwoNodesTest {

  @Test
  void every_operator_action_is_written_down_with_what_it_changed() {
    long job = connect(1);

    b.ask("POST", "jobs/" + job + "/pause", "{\"reason\":\"the source moves\"}");

    var event = latest("job.pause");
    assertThat(event.path("actor").asString()).isEqualTo("local");
    assertThat(Instant.parse(event.path("at").asString()))
        .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now().plusSeconds(5));
    assertThat(event.path("targetKind").asString()).isEqualTo("job");
    assertThat(event.path("targetId").asString()).isEqualTo("" + job);
    assertThat(event.path("reason").asString()).isEqualTo("the source moves");
    assertThat(event.path("before").path("state").asString()).isEqualTo("NOT_STARTED");
    assertThat(event.path("after").path("state").asString()).isEqualTo("PAUSED");
    assertThat(event.path("requestId").asString()).isNotBlank();
  }

  @Test
  void all_kinds_of_actions_are_written_down() {
    long job = connect(1);
    var path = "jobs/" + job;
    a.post(path + "/start");
    awaitState(job, "FINISHED");
    for (var action : List.of("/pause", "/resume", "/activate")) a.post(path + action);
    awaitState(job, "FINISHED");
    box(job).hold();
    a.ask("POST", path + "/start", "{\"force\":true}");
    a.ask("POST", path + "/stop", "{\"mode\":\"now\"}");
    a.ask("PUT", path + "/schedule", "{\"intervalSeconds\":600,\"reason\":\"often\"}");
    a.ask("POST", path + "/vanished/approve", lookedAt(job));
    a.post(path + "/vanished/reject");
    for (var action : List.of("pause", "resume", "start")) a.post("orchestrator/" + action);
    a.ask("PUT", "orchestrator/settings", "{\"retries\":2,\"reason\":\"patience\"}");
    backfillAndCancel(job);
    a.post("quarantine/" + setAside(job) + "/retry");
    a.ask("PUT", "connections/" + job + "/scope", "{\"include\":[\"red\"]}");
    a.ask("DELETE", "connections/" + job, "");

    assertThat(all(100).stream().map(each -> each.path("action").asString()))
        .contains(
            "connection.create",
            "connection.update",
            "connection.delete",
            "job.start",
            "job.force-start",
            "job.stop",
            "job.pause",
            "job.resume",
            "job.activate",
            "job.schedule",
            "backfill.queue",
            "backfill.cancel",
            "quarantine.retry",
            "vanished.approve",
            "vanished.reject",
            "orchestrator.pause",
            "orchestrator.resume",
            "orchestrator.start",
            "orchestrator.settings");
    assertThat(latest("job.schedule").path("after").path("intervalSeconds").asLong())
        .isEqualTo(600);
    assertThat(latest("orchestrator.settings").path("before").path("retries").asInt()).isEqualTo(3);
    assertThat(latest("orchestrator.settings").path("after").path("retries").asInt()).isEqualTo(2);
  }

  @Test
  void whatever_changes_something_may_be_given_a_reason() {
    long job = connect(1);
    var changed =
        """
        {"connector":"toy","name":"Moved %d","settings":{"baseUrl":"%s"},"reason":"it moved"}\
        """
            .formatted(job, box(job).url());
    var alert =
        """
        {"name":"Why %d","channel":"WEBHOOK","url":"http://127.0.0.1:9/why","secret":"canary-of-a-webhook-4711",
         "conditions":["JOB_FAILED"],"reason":"%s"}\
        """;

    a.ask("PUT", "connections/" + job, changed);
    a.ask("PUT", "connections/" + job + "/scope?reason=one%20board", "{\"include\":[\"red\"]}");
    backfillAndCancel(job);
    a.ask("POST", "quarantine/" + setAside(job) + "/retry", "{\"reason\":\"it was mended\"}");
    a.ask("DELETE", "connections/" + job + "?reason=it%20is%20gone", "");
    long id = a.ask("POST", "alerts", alert.formatted(job, "we sleep")).json().path("id").asLong();
    a.ask("PUT", "alerts/" + id, alert.formatted(job, "we are awake"));
    a.ask("DELETE", "alerts/" + id + "?reason=nobody%20reads%20it", "");

    assertThat(reasons("connection.update")).contains("it moved", "one board");
    assertThat(reasons("backfill.cancel")).contains("not today");
    assertThat(reasons("quarantine.retry")).contains("it was mended");
    assertThat(reasons("connection.delete")).contains("it is gone");
    assertThat(reasons("alert.create")).contains("we sleep");
    assertThat(reasons("alert.update")).contains("we are awake");
    assertThat(reasons("alert.delete")).contains("nobody reads it");
    assertThat(a.ask("DELETE", "alerts/1?reason=" + "x".repeat(501), "").field())
        .isEqualTo("reason");
  }

  @Test
  void a_job_that_waits_for_its_source_and_is_started_shows_what_has_changed() {
    long job = connect(5);
    box(job).allow(1, 3_600);
    accepted(a.post("jobs/" + job + "/start"));
    await().until(() -> runState(job).equals("WAITING"));

    a.ask("POST", "jobs/" + job + "/start", "{\"reason\":\"the limit was lifted\"}");

    var event = latest("job.start");
    assertThat(event.path("before").path("waitsFor").asString()).isEqualTo("SOURCE");
    assertThat(event.path("after").path("waitsFor").isNull()).isTrue();
    assertThat(Instant.parse(event.path("before").path("nextDueAt").asString()))
        .isAfter(Instant.parse(event.path("after").path("nextDueAt").asString()).plusSeconds(60));
    assertThat(event.path("after").path("reason").asString()).isEqualTo("the limit was lifted");
  }

  @Test
  void a_maintenance_that_is_asked_for_again_shows_what_has_changed_and_which_runs_hold() {
    long run = runOf(running(35));
    a.ask("POST", "orchestrator/pause", "{\"mode\":\"finish\",\"reason\":\"tonight\"}");

    a.ask("POST", "orchestrator/pause", "{\"mode\":\"page\",\"reason\":\"now\"}");

    var event = latest("orchestrator.pause");
    assertThat(event.path("before").path("reason").asString()).isEqualTo("tonight");
    assertThat(event.path("before").path("mode").asString()).isEqualTo("finish");
    assertThat(event.path("before").path("holding")).isEmpty();
    assertThat(event.path("after").path("reason").asString()).isEqualTo("now");
    assertThat(event.path("after").path("mode").asString()).isEqualTo("page");
    assertThat(event.path("after").path("holding").path(0).asLong()).isEqualTo(run);
    assertThat(a.get("orchestrator").json().path("reason").asString()).isEqualTo("now");
  }

  @Test
  void an_activation_shows_whose_it_was_and_which_runs_hold() {
    long run = runOf(running(35));
    long first = connect(1);
    long second = connect(1);
    a.ask("POST", "jobs/" + first + "/activate", "{\"mode\":\"finish\"}");
    long before = latest("job.activate").path("after").path("activatedJob").asLong();

    a.ask("POST", "jobs/" + second + "/activate", "{\"mode\":\"page\"}");

    assertThat(before).isEqualTo(first);
    var after = latest("job.activate").path("after");
    assertThat(after.path("activatedJob").asLong()).isEqualTo(second);
    assertThat(after.path("holding").path(0).asLong()).isEqualTo(run);
  }

  @Test
  void an_event_is_found_by_who_what_to_which_thing_and_when() {
    long job = connect(1);
    long other = connect(1);
    for (long each : List.of(job, other)) a.post("jobs/" + each + "/pause");
    var mine = "audit?target=job:" + job;
    var at = latest("job.pause").path("at").asString();

    assertThat(actions(mine)).containsExactly("job.pause");
    assertThat(actions(mine + "&action=job&actor=local")).containsExactly("job.pause");
    assertThat(actions(mine + "&action=job.pau")).isEmpty();
    assertThat(actions(mine + "&actor=loc")).isEmpty();
    assertThat(actions("audit?target=job&action=job.pause&from=" + at))
        .containsExactly("job.pause");
    assertThat(actions(mine + "&to=2020-01-01T00:00:00Z")).isEmpty();
    assertThat(actions(mine + "&from=-100000-01-01T00:00:00Z&to=%2B100000-01-01T00:00:00Z"))
        .hasSize(1);
    for (var wrong : List.of("from=yesterday", "actor=a%00b", "cursor=2020-01-01T00:00:00Z")) {
      assertThat(a.get("audit?" + wrong).field()).isEqualTo(wrong.split("=")[0]);
    }
  }

  private List<String> actions(String path) {
    return a.get(path)
        .json()
        .path("items")
        .valueStream()
        .map(each -> each.path("action").asString())
        .toList();
  }

  private void backfillAndCancel(long job) {
    var backfill =
        a.ask(
                "POST",
                "jobs/" + job + "/backfill",
                "{\"from\":\"%s\",\"reason\":\"rows were lost\"}".formatted(THEN))
            .json();
    a.ask(
        "DELETE",
        "jobs/%d/backfills/%d?reason=not%%20today".formatted(job, backfill.path("id").asLong()),
        "");
  }

  /** A record of the job's source that can be read. */
  private String lookedAt(long job) {
    long id =
        jdbc.sql(
                """
                insert into vanished (connection_id, stream, partition, external_id)
                values (?, 'census', 'red', 'red-1')
                returning id
                """)
            .param(job)
            .query(Long.class)
            .single();
    return "{\"stream\":\"census\",\"upTo\":%d,\"rows\":1}".formatted(id);
  }

  private long setAside(long job) {
    return jdbc.sql(
            """
            insert into quarantine (connection_id, stream, partition, label, external_id, reason, raw)
            values (?, 'cards', 'red', 'red', 'red-777', 'was odd', ?)
            returning id
            """)
        .params(
            job,
            "{\"id\":\"red-777\",\"title\":\"Red\",\"updated\":\"%s\",\"see\":\"https://example.org/\"}"
                .formatted(THEN))
        .query(Long.class)
        .single();
  }

  private List<String> reasons(String action) {
    return all(100).stream()
        .filter(each -> each.path("action").asString().equals(action))
        .map(each -> each.path("reason").asString(""))
        .toList();
  }

  @Test
  void a_change_of_a_connection_tells_which_secret_was_entered_and_not_what_it_is() {
    long job = connect(1);
    var saved = a.get("connections/" + job).json();

    a.ask(
        "PUT",
        "connections/" + job,
        """
        {"connector":"toy","name":"Renamed %d","settings":{"baseUrl":"%s"},"secrets":{"token":"canary-77"}}\
        """
            .formatted(job, box(job).url()));

    var event = latest("connection.update");
    assertThat(event.path("before").path("name")).isEqualTo(saved.path("name"));
    assertThat(event.path("after").path("name").asString()).isEqualTo("Renamed " + job);
    assertThat(event.path("before").path("entered")).isEmpty();
    assertThat(event.path("after").path("entered").path(0).asString()).isEqualTo("token");
    assertThat(all(200).toString()).doesNotContain("canary-77", ToyBox.KEY);
    a.ask("DELETE", "connections/" + job, "");
    assertThat(latest("connection.delete").path("after").isNull()).isTrue();
  }

  @Test
  void what_is_refused_changes_nothing_and_is_not_written_down() {
    long job = connect(1);
    long before = count("select count(*) from audit_event");

    assertThat(a.post("jobs/" + job + "/stop").status()).isEqualTo(409);
    assertThat(a.post("jobs/" + job + "/resume").status()).isEqualTo(409);
    assertThat(a.ask("PUT", "orchestrator/settings", "{\"retries\":99}").status()).isEqualTo(400);

    assertThat(count("select count(*) from audit_event")).isEqualTo(before);
  }

  @Test
  void the_events_are_read_page_by_page_the_latest_first() {
    long job = connect(1);
    for (int i = 0; i < 5; i++) a.post("jobs/" + job + "/pause");

    var all = all(2);
    var ids = all.stream().map(each -> each.path("id").asLong()).toList();

    assertThat(ids).hasSize((int) count("select count(*) from audit_event"));
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(all.stream().map(each -> Instant.parse(each.path("at").asString())))
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(a.get("audit?limit=201").field()).isEqualTo("limit");
    assertThat(a.get("audit?cursor=yesterday").field()).isEqualTo("cursor");
  }

  @Test
  void an_event_carries_the_id_of_the_request_that_the_log_has_too() throws Exception {
    long job = connect(1);
    var request =
        HttpRequest.newBuilder(URI.create(a.url() + "jobs/" + job + "/pause"))
            .header("X-Request-Id", "from-the-gateway-7")
            .header("pulse-subject", "mallory")
            .POST(BodyPublishers.noBody())
            .build();

    HttpClient.newHttpClient().send(request, BodyHandlers.discarding());

    assertThat(latest("job.pause").path("requestId").asString()).isEqualTo("from-the-gateway-7");
    assertThat(latest("job.pause").path("actor").asString())
        .as("nobody has verified that header")
        .isEqualTo("local");
  }

  @Test
  void who_acts_is_whoever_was_verified_or_pulse_itself() {
    assertThat(Actor.now()).isEqualTo(new Actor("pulse"));
    var request = new ServletWebRequest(new MockHttpServletRequest());
    RequestContextHolder.setRequestAttributes(request);
    try {
      assertThat(Actor.now()).isEqualTo(new Actor("local"));
      request.setAttribute(Actor.ATTRIBUTE, new Actor("ada"), RequestAttributes.SCOPE_REQUEST);
      assertThat(Actor.now()).isEqualTo(new Actor("ada"));
    } finally {
      RequestContextHolder.resetRequestAttributes();
    }
  }

  private JsonNode latest(String action) {
    return all(100).stream()
        .filter(each -> each.path("action").asString().equals(action))
        .findFirst()
        .orElseThrow();
  }

  private List<JsonNode> all(int limit) {
    var all = new ArrayList<JsonNode>();
    var page = b.get("audit?limit=" + limit).json();
    while (true) {
      page.path("items").forEach(all::add);
      if (!page.path("next").isString()) return all;
      page =
          b.get("audit?limit=%d&cursor=%s".formatted(limit, page.path("next").asString())).json();
    }
  }
}
