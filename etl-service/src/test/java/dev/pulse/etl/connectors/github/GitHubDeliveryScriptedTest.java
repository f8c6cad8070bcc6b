package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pulse.etl.connectors.ConnectionSettings;
import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.OwedStream.Owed;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.Unreadable;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import dev.pulse.etl.connectors.records.Build;
import dev.pulse.etl.connectors.records.Deployment;
import dev.pulse.etl.platform.http.Network;
import dev.pulse.etl.platform.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked about runs and deployments, answer by answer. */
class GitHubDeliveryScriptedTest extends ScriptedGitHubTest {

  private static final String RUNS = "repos/acme/shop/actions/runs";
  private static final String DEPLOYMENTS = "repos/acme/shop/deployments";
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void runs_of_one_second_that_github_does_not_show_are_reported() throws InterruptedException {
    github.on(RUNS, 200, "{\"total_count\":1234,\"workflow_runs\":[]}");
    var second = "2026-11-01T10:00:00Z";

    var page =
        read(
            "workflow_runs",
            new Position(second + " " + second + " 2026-11-01T10:00:01Z 0 -1"),
            100);

    assertThat(page.last()).isTrue();
    assertThat(page.unreadable())
        .singleElement()
        .extracting(Unreadable::reason)
        .asString()
        .contains("1000 of the 1234 runs");
  }

  @ParameterizedTest
  @CsvSource({"403, {}", "404, {}"})
  void actions_that_may_not_be_read_are_an_access_denied(int status, String body) {
    github.on(RUNS, status, body, "X-Accepted-GitHub-Permissions", "actions=read");

    var failure = failureOf("workflow_runs");

    assertThat(failure).isInstanceOf(AccessDenied.class);
    assertThat(walked("workflow_runs").required()).isFalse();
  }

  @Test
  void an_earlier_attempt_that_is_gone_is_noted_and_the_jobs_are_read()
      throws InterruptedException {
    github
        .on(RUNS + "/7/attempts/1", 404, "{}")
        .on(RUNS + "/7/attempts/2", 200, run(7, 2))
        .on(RUNS + "/7/jobs", 200, "{\"total_count\":0,\"jobs\":[]}")
        .on(RUNS, 200, "{\"total_count\":0,\"workflow_runs\":[]}");

    var page = owed("workflow_jobs").read(List.of(new Owed("7", REPOSITORY, "3")), null);

    assertThat(page.unreadable()).extracting(Unreadable::externalId).containsExactly("7 attempt 1");
    assertThat(page.records())
        .filteredOn(Build.class::isInstance)
        .extracting(each -> ((Build) each).attempt())
        .containsExactly(2);
    assertThat(page.owed()).isEmpty();
  }

  @Test
  void jobs_of_a_hidden_repository_stay_owed_and_are_not_asked_for_one_by_one()
      throws InterruptedException {
    var batch =
        List.of(
            new Owed("7", REPOSITORY, "1"),
            new Owed("8", REPOSITORY, "1"),
            new Owed("9", REPOSITORY, "2"));

    var page = owed("workflow_jobs").read(batch, null);

    assertThat(page.owed()).extracting(Page.OwedWork::parentId).containsExactly("7", "8", "9");
    assertThat(page.owed()).extracting(Page.OwedWork::detail).containsExactly("1", "1", "2");
    assertThat(github.asked()).hasSize(2);
  }

  @Test
  void a_deployment_that_rest_tells_nothing_of_is_of_an_unknown_environment()
      throws InterruptedException {
    github
        .on("Deployments", 200, deployments("ACTIVE"))
        .on(DEPLOYMENTS, 200, "[%s]".formatted(told("staging", true)));

    assertThat(deployment(read("deployments", null, 100)).production()).isNull();
  }

  @Test
  void a_deployment_of_which_rest_says_two_things_is_of_an_unknown_environment()
      throws InterruptedException {
    github
        .on("Deployments", 200, deployments("ACTIVE"))
        .on(DEPLOYMENTS, 200, List.of(told("live", true), told("live", false)).toString());

    assertThat(deployment(read("deployments", null, 100)).production()).isNull();
  }

  @Test
  void what_rest_says_of_a_deployment_is_kept_while_it_goes_on() throws InterruptedException {
    github
        .on("Deployments", 200, deployments("IN_PROGRESS"))
        .on(DEPLOYMENTS, 200, "[%s]".formatted(told("live", true)));
    var first = read("deployments", null, 100);
    var owed = first.owed().getFirst();
    github.on("DeploymentsById", 200, "{\"data\":{\"nodes\":[%s]}}".formatted(node("ACTIVE")));

    var later =
        owed("open_deployments")
            .read(List.of(new Owed(owed.parentId(), REPOSITORY, owed.detail())), null);

    assertThat(deployment(first).production()).isTrue();
    assertThat(deployment(later)).isEqualTo(deployment(first));
    assertThat(deployment(later).ref()).isEqualTo("refs/given");
    assertThat(later.owed()).isEmpty();
  }

  @Test
  void a_missing_right_is_told_by_the_probe_and_no_repository_is_asked()
      throws InterruptedException {
    github.on(
        "DeploymentProbe",
        200,
        """
        {"data":{"nodes":[null]},
         "errors":[{"type":"FORBIDDEN","path":["nodes",0,"deployments"]}]}\
        """);
    var stream = walked("deployments");
    var scope = List.of(new ScopeElement("R_1", "h", "acme/shop", "shop", Map.of()));
    var walks = stream.plan(new Planning(scope, Map.of(), NOW));

    var failure =
        catchThrowableOfType(
            SourceFailure.class,
            () ->
                stream.read(
                    new WalkedStream.Request(walks.getFirst().partition(), null, null, 100)));

    assertThat(failure).isInstanceOf(AccessDenied.class);
    assertThat(failure.remedy()).contains("Deployments: read");
    assertThat(github.asked()).hasSize(1);
  }

  @Test
  void looking_back_ends_where_the_connection_starts_from() throws InterruptedException {
    github
        .on("Probe", 200, "{\"data\":{\"nodes\":[null]}}")
        .on(RUNS, 200, "{\"total_count\":0,\"workflow_runs\":[]}");
    var start = NOW.minus(Duration.ofDays(5));
    var stream = runsFrom(start);
    var scope = List.of(new ScopeElement("R_1", "h", "acme/shop", "shop", Map.of()));
    var week = new Reached(NOW, "0 | x", NOW.minus(Duration.ofDays(7)), false);
    var walk = stream.plan(new Planning(scope, Map.of("R_1", week), NOW)).getFirst();

    stream.read(
        new WalkedStream.Request(walk.partition(), NOW.minus(Duration.ofDays(1)), null, 100));

    assertThat(github.asked().getLast()).contains("created=>=2026-11-18T10:00:00Z");
    assertThat(walk.mark()).startsWith(NOW.getEpochSecond() + " | ");
  }

  private WalkedStream runsFrom(Instant start) {
    var settings =
        new ConnectionSettings(
            Map.of("baseUrl", github.url(), "organization", "acme"),
            Map.of("token", new Secret(token)),
            ConnectionSettings.Scope.ALL,
            Network.DIRECT,
            start);
    return connectors.find("github").orElseThrow().open(settings).stages().stream()
        .flatMap(List::stream)
        .filter(each -> each.name().equals("workflow_runs"))
        .map(WalkedStream.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private OwedStream owed(String name) {
    return open().stages().stream()
        .flatMap(List::stream)
        .filter(each -> each.name().equals(name))
        .map(OwedStream.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Deployment deployment(Page page) {
    return page.records().stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static String run(long id, int attempt) {
    return """
    {"id":%d,"run_attempt":%d,"name":"CI","run_number":3,"status":"completed","conclusion":"failure",
     "created_at":"2026-11-20T10:00:00Z","updated_at":"2026-11-20T10:05:00Z"}\
    """
        .formatted(id, attempt);
  }

  private static String deployments(String state) {
    return """
    {"data":{"node":{"deployments":{"totalCount":1,"nodes":[%s],
      "pageInfo":{"hasNextPage":false,"endCursor":null}}}}}\
    """
        .formatted(node(state));
  }

  private static String node(String state) {
    return """
    {"id":"DE_1","createdAt":"%1$s","updatedAt":"%1$s","environment":"live","originalEnvironment":"live",
     "state":"%2$s","commitOid":"abc","task":"deploy","ref":null,"creator":null,
     "statuses":{"nodes":[],"pageInfo":{"hasNextPage":false}}}\
    """
        .formatted(
            Instant.now().minusSeconds(600).truncatedTo(java.time.temporal.ChronoUnit.HOURS),
            state);
  }

  private static String told(String environment, boolean production) {
    return """
    {"id":1,"sha":"abc","ref":"refs/given","created_at":"%s","environment":"%s",
     "production_environment":%s}\
    """
        .formatted(
            Instant.now().minusSeconds(600).truncatedTo(java.time.temporal.ChronoUnit.HOURS),
            environment,
            production);
  }
}
