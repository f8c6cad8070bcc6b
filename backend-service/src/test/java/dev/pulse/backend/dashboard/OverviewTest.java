package dev.pulse.backend.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.Browser;
import dev.pulse.backend.Browser.Reply;
import dev.pulse.backend.gateway.EtlTest;
import dev.pulse.backend.gateway.Recorder;
import dev.pulse.backend.gateway.Recorder.Script;
import dev.pulse.model.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The overview, of an etl-service that a test plays itself. */
@TestPropertySource(properties = "pulse.dashboard.deadline=1s")
class OverviewTest extends EtlTest {

  private static final String PATH = "/api/dashboard/overview";

  private final Map<String, Script> answers = new ConcurrentHashMap<>();

  @BeforeEach
  void nothing_is_known_from_before() {
    clock.advance(Duration.ofHours(2));
    answers.put(
        "/api/v1/jobs",
        items(
            """
            {"id":1,"name":"One","connector":"x","state":"FINISHED","rows":3,"added":"later"},
            {"id":2,"name":"Two","connector":"x","state":"FAILED","rows":0}
            """));
    answers.put(
        "/api/v1/freshness",
        items(
            """
            {"connectionId":1,"lastSuccess":"2026-03-01T08:00:00Z","late":false},
            {"connectionId":2,"lastSuccess":"2026-02-27T08:00:00Z","late":true}
            """));
    answers.put(
        "/api/v1/attention",
        items(
            """
            {"kind":"JOB_FAILED","severity":"ERROR","title":"Two failed","detail":"no route","remedy":"Look.",
             "target":{"page":"RUN","id":"9"},"connectionId":2,"since":"2026-02-28T08:00:00Z"},
            {"kind":"SOURCE_WAIT","severity":"INFO","title":"One waits","remedy":"Nothing is to do.",
             "target":{"page":"RUN","id":"8"},"connectionId":1,"until":"2026-03-01T10:00:00Z"}
            """));
    ETL.answer((request, out) -> answer(request.path()).answer(request, out));
  }

  private Script answer(String path) {
    return answers.getOrDefault(path, Recorder.says(404, "text/plain", ""));
  }

  private static Script items(String items) {
    return Recorder.says(
        200, "application/json", "{\"items\":[%s],\"next\":null}".formatted(items));
  }

  @Test
  void one_call_tells_of_jobs_freshness_and_what_needs_a_person() {
    var reply = signedIn(Role.VIEWER).get(PATH);

    assertThat(reply.status()).isEqualTo(200);
    var json = reply.json();
    assertThat(json.path("incomplete")).isEmpty();
    assertThat(json.at("/jobs/counts/FINISHED").asInt()).isEqualTo(1);
    assertThat(json.at("/jobs/counts/FAILED").asInt()).isEqualTo(1);
    assertThat(json.at("/jobs/counts/RUNNING").asInt()).isZero();
    assertThat(json.at("/jobs/items/0/added").asString()).as("handed on").isEqualTo("later");
    assertThat(json.at("/freshness/late").asInt()).isEqualTo(1);
    assertThat(json.at("/freshness/oldest").asString()).isEqualTo("2026-02-27T08:00:00Z");
    assertThat(json.at("/attention/counts").toString())
        .isEqualTo("{\"ERROR\":1,\"WARNING\":0,\"INFO\":1}");
    assertThat(json.at("/attention/items/0/target/page").asString()).isEqualTo("RUN");
    assertThat(json.at("/attention/asOf").asString()).isEqualTo(clock.instant().toString());
  }

  @Test
  void it_asks_as_the_caller_and_keeps_what_it_is_told_for_the_same_rights_alone() {
    var viewer = signedIn(Role.VIEWER);
    var sees = seesOnly(person(Role.VIEWER), List.of(5L));

    viewer.get(PATH);
    int asked = ETL.seen().size();
    signedIn(Role.VIEWER).get(PATH);
    assertThat(ETL.seen()).as("the same rights, a moment later").hasSize(asked);
    sees.get(PATH);
    assertThat(ETL.seen()).as("sees less").hasSize(asked + 3);
    signedIn(Role.OPERATOR).get(PATH);
    assertThat(ETL.seen()).as("may more").hasSize(asked + 6);

    var forOne = ETL.seen().get(asked);
    assertThat(forOne.header("pulse-connections")).contains("5");
    assertThat(forOne.header("pulse-subject").orElse("")).startsWith("user:");
    assertThat(forOne.header("pulse-request-id")).isPresent();
    clock.advance(Duration.ofSeconds(2));
    viewer.get(PATH);
    assertThat(ETL.seen()).hasSize(asked + 9);
  }

  @Test
  void nothing_is_sent_again_that_has_not_changed() {
    var browser = signedIn(Role.VIEWER);
    var first = browser.get(PATH);
    var tag = first.header("ETag").orElseThrow();
    clock.advance(Duration.ofSeconds(5));

    var same = browser.with("If-None-Match", tag).get(PATH);

    assertThat(same.status()).isEqualTo(304);
    assertThat(same.http().body()).isEmpty();
    assertThat(same.header("Cache-Control")).contains("no-store");
    answers.put("/api/v1/jobs", items(""));
    clock.advance(Duration.ofSeconds(5));
    var changed = browser.get(PATH);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isNotEqualTo(first.header("ETag"));
  }

  @Test
  void what_does_not_come_in_time_is_named_and_the_rest_is_there() {
    answers.put("/api/v1/freshness", (request, out) -> stay(out));

    var json = signedIn(Role.VIEWER).get(PATH).json();

    assertThat(json.path("freshness").isNull()).isTrue();
    assertThat(json.at("/jobs/items")).hasSize(2);
    assertThat(json.path("incomplete")).hasSize(1);
    assertThat(json.at("/incomplete/0/part").asString()).isEqualTo("freshness");
    assertThat(json.at("/incomplete/0/asOf").isNull()).isTrue();
    assertThat(json.at("/incomplete/0/problem/code").asString()).isIn("ETL_LATE", "PART_LATE");
    assertThat(json.at("/incomplete/0/problem/remedy").asString()).isNotBlank();
  }

  @Test
  void impatience_does_not_make_etl_service_seem_dead() {
    var browser = signedIn(Role.VIEWER);
    var jobs = answer("/api/v1/jobs");
    answers.replaceAll((path, answer) -> (request, out) -> stay(out));

    for (int i = 0; i < 3; i++) browser.get(PATH);

    answers.put("/api/v1/jobs", jobs);
    assertThat(browser.get("/api/etl/jobs").status()).isEqualTo(200);
  }

  @Test
  void what_etl_service_refuses_is_told_in_its_own_words() {
    answers.put(
        "/api/v1/attention",
        Recorder.says(
            403,
            "application/problem+json",
            """
            {"status":403,"code":"ACCESS_DENIED","title":"No","detail":"Not that.","remedy":"Ask."}\
            """));

    var missing = signedIn(Role.VIEWER).get(PATH).json().at("/incomplete/0");

    assertThat(missing.path("part").asString()).isEqualTo("attention");
    assertThat(missing.at("/problem/code").asString()).isEqualTo("ACCESS_DENIED");
    assertThat(missing.at("/problem/detail").asString()).isEqualTo("Not that.");
  }

  @Test
  void while_etl_service_is_dead_what_was_known_is_shown_with_its_age() {
    var browser = signedIn(Role.VIEWER);
    var asOf = browser.get(PATH).json().at("/jobs/asOf").asString();
    ETL.die();
    clock.advance(Duration.ofMinutes(10));
    browser.refresh();

    var stale = browser.get(PATH);

    assertThat(stale.status()).isEqualTo(200);
    assertThat(stale.json().at("/jobs/items")).hasSize(2);
    assertThat(stale.json().at("/jobs/asOf").asString()).isEqualTo(asOf);
    assertThat(stale.json().path("incomplete")).hasSize(3);
    assertThat(stale.json().at("/incomplete/0/asOf").asString()).isEqualTo(asOf);
    assertThat(stale.json().at("/incomplete/0/problem/code").asString()).isEqualTo("ETL_AWAY");
    clock.advance(Duration.ofMinutes(51));
    var nothing = signedIn(Role.VIEWER).get(PATH);
    assertThat(nothing.status()).isEqualTo(200);
    assertThat(nothing.json().path("jobs").isNull()).as("older than an hour").isTrue();
    assertThat(nothing.json().path("incomplete")).hasSize(3);
    ETL.live();
    var later = signedIn(Role.VIEWER);
    await().untilAsserted(() -> assertThat(complete(later.get(PATH))).isTrue());
  }

  @Test
  void a_script_token_that_expires_is_told_to_its_user_alone() {
    var person = person(Role.OPERATOR);
    var browser = signedIn(person);
    var body = "{\"name\":\"nightly\",\"permissions\":[\"jobs:read\"],\"days\":10}";
    var made = browser.post("/api/tokens", body).json();
    browser.post("/api/tokens", body.replace("10", "100").replace("nightly", "yearly"));

    var items = browser.get(PATH).json().at("/attention/items");

    assertThat(items).hasSize(3);
    assertThat(items.path(1).path("kind").asString()).isEqualTo("TOKEN_EXPIRES");
    assertThat(items.path(1).at("/target/id").asString())
        .isEqualTo(made.at("/token/id").asString());
    assertThat(items.path(1).path("until")).isEqualTo(made.at("/token/expiresAt"));
    assertThat(signedIn(Role.OPERATOR).get(PATH).json().at("/attention/items")).hasSize(2);
    var script =
        new Browser(port).with("Authorization", "Bearer " + made.path("secret").asString());
    assertThat(script.get(PATH).json().at("/attention/items")).hasSize(2);
  }

  private static boolean complete(Reply reply) {
    return reply.json().path("incomplete").isEmpty();
  }

  private static void stay(Recorder.Line out) throws IOException {
    while (true) out.stay();
  }

  private Browser seesOnly(Person person, List<Long> connections) {
    jdbc.sql("update user_account set connections = ? where id = ?")
        .params(connections.toArray(Long[]::new), person.id())
        .update();
    return signedIn(person);
  }
}
