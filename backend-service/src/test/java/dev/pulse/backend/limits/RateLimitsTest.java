package dev.pulse.backend.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.BackendTest;
import dev.pulse.backend.Browser;
import dev.pulse.backend.SecondNode;
import dev.pulse.model.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

/** Each node by itself, with limits that are soon reached; the clock stands unless it is moved. */
@TestPropertySource(
    properties = {
      "pulse.limits.reads=10/60s",
      "pulse.limits.writes=4/60s",
      "pulse.limits.downloads=2/60s",
      "pulse.limits.sign-in=5/60s",
      "pulse.limits.strangers=8/60s"
    })
class RateLimitsTest extends BackendTest {

  private static final String ROLES = "/api/roles";
  private static final String DOCS = "/v3/api-docs/swagger-config";

  @Autowired Environment environment;
  @Autowired RateLimits limits;

  @Test
  void whoever_asks_too_often_is_told_when_to_ask_again() {
    var viewer = signedIn(Role.VIEWER);
    var first = viewer.get(ROLES);
    assertThat(first.header("RateLimit-Policy")).contains("\"reads\";q=10;w=60");
    assertThat(first.header("RateLimit")).contains("\"reads\";r=9;t=6");
    for (int i = 0; i < 9; i++) assertThat(viewer.get(ROLES).status()).isEqualTo(200);

    var refused = viewer.get(ROLES);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("TOO_MANY_REQUESTS");
    assertThat(refused.header("Retry-After")).contains("6");
    assertThat(refused.header("RateLimit")).contains("\"reads\";r=0;t=60");
    assertThat(refused.json().path("remedy").asString()).contains("Retry-After");
    clock.advance(Duration.ofSeconds(6));
    assertThat(viewer.get(ROLES).status()).as("as long as it was told").isEqualTo(200);
    assertThat(viewer.get(ROLES).status()).isEqualTo(429);
    clock.advance(Duration.ofSeconds(60));
    for (int i = 0; i < 10; i++) assertThat(viewer.get(ROLES).status()).isEqualTo(200);
  }

  @Test
  void one_user_takes_nothing_from_another_at_the_same_address() {
    var greedy = signedIn(Role.VIEWER).from("192.0.2.10");
    var neighbour = signedIn(Role.VIEWER).from("192.0.2.10");
    for (int i = 0; i < 15; i++) greedy.get(ROLES);

    assertThat(greedy.get(ROLES).status()).isEqualTo(429);
    assertThat(neighbour.get(ROLES).status()).isEqualTo(200);
  }

  @Test
  void changes_and_downloads_are_counted_apart() {
    var operator = signedIn(Role.OPERATOR);
    for (int i = 0; i < 4; i++) {
      assertThat(operator.post("/api/tokens", "{}").status()).isEqualTo(400);
    }
    assertThat(operator.post("/api/tokens", "{}").status()).isEqualTo(429);
    assertThat(operator.post("/nowhere", "").status()).as("of whatever kind").isEqualTo(429);

    var file = "/api/etl/logs/download/pulse.jsonl"; // 503: nobody is behind
    for (int i = 0; i < 2; i++) assertThat(operator.get(file).status()).isEqualTo(503);
    assertThat(operator.get(file).header("RateLimit-Policy")).contains("\"downloads\";q=2;w=60");
    assertThat(operator.get(file).status()).isEqualTo(429);

    assertThat(operator.get(ROLES).status()).isEqualTo(200);
  }

  @Test
  void a_script_token_has_an_allowance_of_its_own() {
    var person = signedIn(Role.VIEWER);
    var script = script(person, "192.0.2.30");
    for (int i = 0; i < 10; i++) assertThat(script.get(ROLES).status()).isEqualTo(200);

    assertThat(script.get(ROLES).status()).isEqualTo(429);
    assertThat(person.get(ROLES).status()).isEqualTo(200);
  }

  @Test
  void strangers_share_what_their_network_may() {
    for (int i = 0; i < 8; i++) {
      var answer = stranger("2001:db8:1:2::%x".formatted(i + 1)).get(DOCS);
      assertThat(answer.status()).isEqualTo(200);
    }

    assertThat(stranger("2001:db8:1:2:ffff::1").get(DOCS).status()).isEqualTo(429);
    assertThat(stranger("2001:db8:1:2:ffff::1").get("/none").status()).isEqualTo(429);
    assertThat(stranger("2001:db8:1:3::1").get(DOCS).status()).isEqualTo(200);
    for (int i = 0; i < 8; i++) stranger("203.0.113.%d, 192.0.2.40".formatted(i)).get(DOCS);
    assertThat(stranger("198.51.100.4, 192.0.2.40").get(DOCS).status())
        .as("what anybody can write does not count")
        .isEqualTo(429);
  }

  @Test
  void whether_it_is_well_anybody_may_ask_at_any_time() {
    var balancer = stranger("192.0.2.50");
    for (int i = 0; i < 10; i++) balancer.get(DOCS);

    assertThat(balancer.get(DOCS).status()).isEqualTo(429);
    for (int i = 0; i < 20; i++) {
      for (var path : new String[] {"/health", "/health/live", "/health/ready"}) {
        var answer = balancer.get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("RateLimit")).isEmpty();
      }
    }
  }

  @Test
  void signing_in_is_limited_more_than_the_rest_and_before_a_password_is_looked_at() {
    var person = person(Role.VIEWER);
    for (int i = 0; i < 5; i++) stranger("192.0.2.60").login("user" + i + "@x.org", "a guess");

    var refused = stranger("192.0.2.60").login(person.email(), PASSWORD);

    assertThat(refused.code()).isEqualTo("TOO_MANY_REQUESTS");
    assertThat(refused.header("RateLimit-Policy")).contains("\"sign-in\";q=5;w=60");
    assertThat(stranger("192.0.2.60").post("/api/auth/link", "{}").status()).isEqualTo(429);
    assertThat(stranger("192.0.2.61").login(person.email(), PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void a_session_goes_on_whatever_strangers_at_the_same_address_do() {
    var viewer = signedIn(Role.VIEWER).from("192.0.2.70");
    for (int i = 0; i < 10; i++) stranger("192.0.2.70").refresh();

    assertThat(stranger("192.0.2.70").refresh().status()).isEqualTo(429);
    assertThat(viewer.refresh().status()).isEqualTo(204);
    assertThat(viewer.get(ROLES).status()).isEqualTo(200);
  }

  @Test
  void script_tokens_are_not_tried_out_by_the_thousand() {
    var script = script(signedIn(Role.VIEWER), "192.0.2.90");
    assertThat(script.get(ROLES).status()).isEqualTo(200);
    for (int i = 0; i < 9; i++) {
      var guess =
          stranger("192.0.2.90").with("Authorization", "Bearer pulse_pat_%043d".formatted(i));
      assertThat(guess.get(ROLES).status()).isEqualTo(i < 8 ? 401 : 429);
    }

    assertThat(script.get(ROLES).status()).as("none from there is looked up").isEqualTo(429);
    assertThat(script.from("192.0.2.91").get(ROLES).status()).isEqualTo(200);
  }

  @Test
  void without_redis_each_node_counts_by_itself() {
    try (var other = SecondNode.beside(environment, clock)) {
      var here = signedIn(Role.VIEWER);
      var there = other.asked(here);
      for (int i = 0; i < 10; i++) {
        assertThat(here.get(ROLES).status()).isEqualTo(200);
        assertThat(there.get(ROLES).status()).isEqualTo(200);
      }

      assertThat(here.get(ROLES).status()).isEqualTo(429);
      assertThat(there.get(ROLES).status()).isEqualTo(429);
      assertThat(here.get("/health").json().path("status").asString()).isEqualTo("UP");
    }
  }

  @Test
  void refusals_are_told_as_a_metric() {
    var meters = new SimpleMeterRegistry();
    limits.bindTo(meters);
    var refused = meters.get("pulse.limits.refused").tag("limit", "strangers").functionCounter();
    double before = refused.count();

    for (int i = 0; i < 10; i++) stranger("192.0.2.80").get(DOCS);

    assertThat(refused.count()).isEqualTo(before + 2);
  }

  private Browser stranger(String address) {
    return new Browser(port).from(address);
  }

  private Browser script(Browser person, String address) {
    var made =
        person.post(
            "/api/tokens", "{\"name\":\"nightly\",\"permissions\":[\"jobs:read\"],\"days\":1}");
    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    return stranger(address)
        .with("Authorization", "Bearer " + made.json().path("secret").asString());
  }
}
