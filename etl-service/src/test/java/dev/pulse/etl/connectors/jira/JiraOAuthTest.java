package dev.pulse.etl.connectors.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.SourceProxy.Answered;
import dev.pulse.etl.SourceProxy.Asked;
import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.ConnectorRegistry;
import dev.pulse.etl.connectors.InvalidSetting;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.secret.Secret;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** An app that a person has authorized: its tokens are replaced, and none may be lost. */
class JiraOAuthTest extends ConnectorFixture {

  private static final Map<String, String> JSON = Map.of("content-type", "application/json");
  private static final Answered REFUSED = new Answered(401, JSON, "{}");
  private static final Answered FOREIGN = new Answered(200, JSON, "{\"message\":\"hello\"}");

  @Autowired ConnectorRegistry connectors;

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedJira(simulator);
  }

  /** Each simulator begins with the same refresh token. */
  @BeforeEach
  void nothing_followed_any_token() {
    jdbc.sql("delete from rotating_token").update();
  }

  @Test
  void what_follows_the_token_entered_is_kept_sealed_and_used() {
    save(Simulator.TOKEN);
    start();
    awaitEnd("FINISHED");
    assertEqualToWorld();
    simulator.jira().expireAccessToken();
    simulator.world().editIssue(3);

    start();
    awaitEnd("FINISHED");

    assertEqualToWorld();
    assertThat(simulator.jira().renewals()).isEqualTo(2);
    assertThat(
            jdbc.sql("select rotating_token::text from rotating_token")
                .query(String.class)
                .single())
        .doesNotContain("refresh-2", "access-2", Simulator.TOKEN);
  }

  @Test
  void a_token_that_was_used_by_a_check_is_still_good_when_it_is_saved() {
    var body = body(Simulator.TOKEN, "demo-secret", simulator.url("jira"));
    var check = api("POST", "connections/check", body);
    assertThat(check.status()).as(check.json().toString()).isEqualTo(200);

    save(Simulator.TOKEN);
    start();
    awaitEnd("FINISHED");

    assertEqualToWorld();
    assertThat(simulator.jira().renewals()).isEqualTo(1);
  }

  @Test
  void an_access_token_that_ends_in_mid_run_is_renewed_without_an_error() {
    save(Simulator.TOKEN);
    simulator.faults().add(Fault.of(Kind.SLOW, "jira").number(50));
    start();
    await().until(() -> storedRows() > 0);

    simulator.jira().expireAccessToken();
    awaitEnd("FINISHED");

    assertEqualToWorld();
    assertThat(simulator.jira().renewals()).isEqualTo(2);
  }

  @Test
  void an_outage_of_the_token_service_costs_no_token() {
    save(Simulator.TOKEN);
    simulator.faults().add(Fault.of(Kind.STATUS, "jira").on("/oauth/token").number(503).times(1));

    start();
    awaitEnd("FINISHED");

    assertEqualToWorld();
  }

  @Test
  void a_refused_token_fails_the_run_and_says_what_to_do() {
    save("stale");

    start();
    awaitEnd("FAILED");

    var error = job().path("error");
    assertThat(error.path("category").asString()).isEqualTo("CONFIGURATION");
    assertThat(error.path("remedy").asString()).contains("refresh token");
  }

  /** Runs that fail interrupt their readers while these renew the token that was refused. */
  @Test
  void a_check_is_answered_however_the_runs_before_it_ended() {
    var site = proxy().url("jira");
    proxy().answer((asked, from) -> isForTokens(asked) ? from.answer(asked) : REFUSED);
    save(Simulator.TOKEN, site);
    for (int run = 0; run < 3; run++) {
      start();
      awaitEnd("FAILED");
    }

    proxy().answer((asked, from) -> isForTokens(asked) ? from.answer(asked) : FOREIGN);
    var begun = Instant.now();
    var check = api("POST", "connections/" + connection + "/check", "");

    assertThat(check.json().path("code").asString()).isEqualTo("WRONG_PRODUCT");
    assertThat(begun).isAfter(Instant.now().minusSeconds(5));
  }

  private static boolean isForTokens(Asked asked) {
    return asked.path().endsWith("/oauth/token");
  }

  @Test
  void what_followed_a_token_goes_with_the_last_connection_that_has_it() {
    save(Simulator.TOKEN);
    long first = connection;
    save(Simulator.TOKEN);
    assertThat(api("POST", "connections/" + connection + "/check", "").status()).isEqualTo(200);

    api("DELETE", "connections/" + first, "");
    assertThat(followed()).isOne();

    api("DELETE", "connections/" + connection, "");
    assertThat(followed()).isZero();
    save(Simulator.TOKEN);
  }

  @Test
  void what_followed_a_token_goes_when_another_is_entered() {
    save(Simulator.TOKEN);
    assertThat(api("POST", "connections/" + connection + "/check", "").status()).isEqualTo(200);

    assertThat(put(Simulator.TOKEN)).isEqualTo(200);
    assertThat(followed()).isOne();

    assertThat(put("another")).isEqualTo(200);
    assertThat(followed()).isZero();
  }

  private int put(String refreshToken) {
    return api(
            "PUT",
            "connections/" + connection,
            body(refreshToken, "demo-secret", simulator.url("jira")))
        .status();
  }

  private long followed() {
    return jdbc.sql("select count(*) from rotating_token").query(Long.class).single();
  }

  @Test
  void the_address_of_a_site_is_refused_with_the_one_to_enter() {
    var settings =
        new ConnectionSettings(
            Map.of("baseUrl", "https://acme.atlassian.net", "clientId", "app"),
            Map.of("clientSecret", new Secret("s"), "refreshToken", new Secret("r")),
            ConnectionSettings.Scope.ALL,
            Network.DIRECT,
            null);
    var connector = connectors.find("jira-oauth").orElseThrow();

    assertThatThrownBy(() -> connector.open(settings))
        .isInstanceOfSatisfying(
            InvalidSetting.class, e -> assertThat(e.remedy()).contains("api.atlassian.com"));
  }

  private void save(String refreshToken) {
    save(refreshToken, simulator.url("jira"));
  }

  private void save(String refreshToken, URI site) {
    var reply = api("POST", "connections", body(refreshToken, "demo-secret", site));
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(201);
    assertThat(reply.json().toString()).doesNotContain("demo-secret");
    connection = reply.json().path("id").asLong();
  }

  private String body(String refreshToken, String secret, URI site) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "connector",
                "jira-oauth",
                "name",
                "oauth " + System.nanoTime(),
                "settings",
                Map.of("baseUrl", site.toString(), "clientId", "app"),
                "secrets",
                Map.of("clientSecret", secret, "refreshToken", refreshToken)));
  }
}
