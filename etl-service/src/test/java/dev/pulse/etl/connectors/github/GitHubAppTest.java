package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.github.GitHubAppApi;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An App: its tokens end, and its rights are GitHub's to tell. */
@ExtendWith(OutputCaptureExtension.class)
class GitHubAppTest extends ConnectorFixture {

  private GitHubAppApi app;

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHubApp(simulator);
  }

  @BeforeEach
  void an_app() {
    app = simulator.source(GitHubAppApi.class);
  }

  @Test
  void a_run_makes_one_token_and_reads_with_it() {
    sync();

    assertEqualToWorld();
    assertThat(app.tokensMade()).isEqualTo(1);
  }

  @Test
  void a_token_that_is_revoked_in_mid_run_is_replaced_without_an_error() {
    connect();
    simulator.faults().add(Fault.of(Kind.SLOW, source.name()).number(50));
    start();
    await().until(() -> storedRows() > 0);

    app.endTokens();
    simulator.faults().clear();
    awaitEnd("FINISHED");

    assertEqualToWorld();
    assertThat(app.tokensMade()).isEqualTo(2);
  }

  @Test
  void a_token_is_replaced_before_it_ends() {
    app.tokensHoldFor(Duration.ofSeconds(5));
    simulator.faults().add(Fault.of(Kind.SLOW, source.name()).number(150));
    var refused = new AtomicInteger();
    proxy()
        .answer(
            (asked, from) -> {
              var answer = from.answer(asked);
              if (answer.status() == 401) refused.incrementAndGet();
              if (app.tokensMade() > 2) simulator.faults().clear(); // the rest need not be slow
              return answer;
            });

    sync();

    assertEqualToWorld();
    assertThat(app.tokensMade()).isGreaterThan(1);
    assertThat(refused).hasValue(0);
  }

  @Test
  void a_check_names_the_app_and_its_installation() {
    var check = check(Map.of());

    assertThat(check.path("works").asBoolean()).as(check.toString()).isTrue();
    assertThat(check.path("account").asString())
        .isEqualTo("App pulse-reader, installation " + app.installationId());
    assertThat(check.path("missing")).isEmpty();
  }

  @Test
  void a_check_names_each_permission_that_is_missing() {
    app.grant("issues", false);
    app.grant("members", false);

    var check = check(Map.of());

    assertThat(check.path("works").asBoolean()).isFalse();
    assertThat(check.path("missing").valueStream().map(each -> each.path("right").asString()))
        .containsExactly("Issues: read", "Members: read");
    assertThat(check.path("missing").path(0).path("remedy").asString()).contains("accept");
  }

  @Test
  void without_a_permission_all_else_is_read() {
    app.grant("members", false);

    sync();

    assertThat(texts("select external_id from pull_request where connection_id = ?"))
        .hasSize(source.count());
    var errors = api("GET", "runs/" + job().path("runId").asLong() + "/errors", "").json();
    assertThat(errors.toString()).contains("accounts");
  }

  @Test
  void the_tokens_may_read_and_do_nothing_else() {
    app.grant("contents", true);
    proxy();

    connect();
    start();
    awaitEnd("FINISHED");

    var asked =
        proxy().asked().stream().filter(each -> each.path().endsWith("/access_tokens")).toList();
    assertThat(asked).isNotEmpty();
    assertThat(JsonMapper.shared().readTree(asked.getFirst().body()).path("permissions"))
        .isNotEmpty()
        .allSatisfy(level -> assertThat(level.asString()).isEqualTo("read"));
  }

  @Test
  void a_key_in_the_form_of_other_tools_is_as_good() {
    assertThat(check(Map.of("privateKey", app.privateKeyInPkcs8())).path("works").asBoolean())
        .isTrue();
  }

  @Test
  void an_installation_that_is_named_is_used() {
    var check = check(Map.of("installationId", String.valueOf(app.installationId())));

    assertThat(check.path("works").asBoolean()).as(check.toString()).isTrue();
    assertThat(simulator.requests().counts()).containsKey("github-app installation");
  }

  @Test
  void a_suspended_installation_says_so() {
    app.suspend(true);

    assertRefused(check(Map.of()), "suspended", "Unsuspend");
  }

  @Test
  void an_app_that_is_suspended_in_mid_run_fails_the_run_with_the_remedy() {
    connect();
    simulator.faults().add(Fault.of(Kind.SLOW, source.name()).number(50));
    start();
    await().until(() -> storedRows() > 0);

    app.suspend(true);
    awaitEnd("FAILED");

    var error = job().path("error");
    assertThat(error.path("category").asString()).isEqualTo("CONFIGURATION");
    assertThat(error.path("remedy").asString()).contains("Unsuspend");
  }

  @Test
  void a_key_that_was_deleted_says_so() {
    var old = app.privateKey();
    app.replaceKey();

    assertRefused(check(Map.of("privateKey", old)), "private key", "new private key");
  }

  @Test
  void a_wrong_app_id_says_so() {
    assertRefused(check(Map.of("appId", "999")), "no App 999", "App's id");
  }

  @Test
  void an_app_that_is_not_installed_says_so() {
    app.uninstall();

    assertRefused(check(Map.of()), "not installed in acme", "Install it");
  }

  @Test
  void an_installation_elsewhere_is_not_taken_for_this_one() {
    assertRefused(check(Map.of("installationId", "1")), "not installed", "installation's id");
  }

  @Test
  void what_cannot_be_an_id_or_a_key_is_told_by_its_field() {
    assertThat(check(Map.of("installationId", "x")).toString()).contains("settings.installationId");
    assertThat(check(Map.of("appId", "a b")).toString()).contains("settings.appId");
    assertThat(check(Map.of("privateKey", "x")).toString()).contains("secrets.privateKey");
  }

  @Test
  void the_budget_is_the_installations_and_not_the_tokens() {
    sync();
    app.endTokens();
    sync();

    var budgets = api("GET", "budgets", "").json().toString();

    assertThat(budgets).contains("app Iv23liDemoDemoDemo01 of acme");
    assertThat(
            jdbc.sql(
                    "select count(distinct budget_key) from rate_budget where budget_key like"
                        + " '%:app %' and budget_key like ?")
                .param("%:" + simulator.url(source.name()).getPort() + ":%")
                .query()
                .singleValue())
        .isEqualTo(1L);
  }

  @Test
  void no_key_and_no_token_is_logged(CapturedOutput output) {
    sync();

    assertThat(output.getAll()).doesNotContain("ghs_", "eyJ", app.privateKey().substring(40, 60));
  }

  private static void assertRefused(JsonNode problem, String detail, String remedy) {
    assertThat(problem.path("code").asString())
        .as(problem.toString())
        .isEqualTo("CREDENTIALS_REJECTED");
    assertThat(problem.path("detail").asString()).contains(detail);
    assertThat(problem.path("remedy").asString()).contains(remedy);
  }

  /** Checks the connection with some settings, or the key, changed. */
  private JsonNode check(Map<String, String> changed) {
    var settings = new HashMap<>(source.settings(simulator.url(source.name())));
    var secrets = new HashMap<>(source.secrets(Simulator.TOKEN));
    changed.forEach(
        (name, value) -> (name.equals("privateKey") ? secrets : settings).put(name, value));
    var body =
        Map.of("connector", "github-app", "name", "app", "settings", settings, "secrets", secrets);
    return api("POST", "connections/check", JsonMapper.shared().writeValueAsString(body)).json();
  }
}
