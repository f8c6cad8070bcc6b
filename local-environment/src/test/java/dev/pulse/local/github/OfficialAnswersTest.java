package dev.pulse.local.github;

import static dev.pulse.local.github.GitHubSite.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.OfficialContract;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Holds what the simulated GitHub answers over REST against GitHub's own OpenAPI description. */
class OfficialAnswersTest extends OfficialTest {

  private static final String REPOSITORY = "/repos/{owner}/{repo}";

  @ParameterizedTest
  @CsvSource({
    "/user, /user",
    "/users/{username}, /users/ada0",
    "/orgs/{org}, /orgs/acme",
    "/orgs/{org}/repos, /orgs/acme/repos?sort=full_name&per_page=100",
    "/orgs/{org}/members, /orgs/acme/members?per_page=100",
    "/rate_limit, /rate_limit",
    "/repos/{owner}/{repo}, /repos/acme/payments",
    "/repos/{owner}/{repo}, /repositories/9000",
    "/repos/{owner}/{repo}/pulls/comments, /repos/acme/payments/pulls/comments?per_page=100",
    "/repos/{owner}/{repo}/issues/comments, /repositories/9000/issues/comments?per_page=100",
  })
  void what_is_read_is_as_described(String operation, String path) throws Exception {
    accept(operation, 200, site.get(path));
  }

  @Test
  void a_comparison_is_as_described() throws Exception {
    var repository = site.world.repository(0);
    var before = site.world.histories().of(repository).getFirst().sha();
    site.world.histories().push(repository);
    var after = site.world.histories().of(repository).getFirst().sha();

    accept(
        REPOSITORY + "/compare/{basehead}",
        200,
        site.get("/repos/acme/payments/compare/" + before + "..." + after));
  }

  @Test
  void what_is_absent_or_has_moved_is_said_as_described() throws Exception {
    accept(REPOSITORY, 404, site.get("/repos/acme/none"));
    accept(REPOSITORY + "/issues/comments", 404, site.get("/repos/acme/none/issues/comments"));

    site.world.hosting().rename(0, "renamed");

    accept(REPOSITORY, 301, site.get("/repos/acme/payments"));
  }

  @Test
  void a_token_or_version_that_is_refused_is_told_so_as_described() throws Exception {
    accept("/user", 401, site.get("/user", "Authorization", "Bearer wrong"));
    accept("/user", 410, site.get("/user", "X-GitHub-Api-Version", "2019-01-01"));
  }

  @ParameterizedTest
  @CsvSource({"RATE_LIMITED, 429", "SECONDARY_LIMIT, 403", "FORBIDDEN, 403", "NOT_FOUND, 404"})
  void a_refusal_is_as_described(Kind kind, int status) throws Exception {
    site.simulator.faults().add(Fault.of(kind, "github"));

    accept(REPOSITORY, status, site.get("/repos/acme/payments"));
  }

  @Test
  void the_end_of_the_hourly_budget_is_told_as_described() throws Exception {
    site.api.exhaust();

    accept("/user", 403, site.get("/user"));
    accept("/rate_limit", 200, site.get("/rate_limit"));
  }

  private void accept(String operation, int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(contract.complaints("GET " + operation, answer, "basic-error")).isEmpty();
  }

  @Test
  void the_addresses_in_a_repository_are_those_that_github_was_seen_to_send() throws Exception {
    var recorded =
        JSON.readTree(OfficialContract.file("github/fixtures/get-repository.raw-fixture.json"))
            .at("/0/response");
    var simulated = JSON.readTree(site.get("/repos/acme/payments").body());

    assertThat(addresses(simulated)).isEqualTo(addresses(recorded));
  }

  @Test
  void what_is_not_as_described_is_noticed() {
    assertThat(contract.complaints("simple-user", "{\"login\":1}")).isNotEmpty();
  }

  /** What follows the repository's own address, by member. */
  private static Map<String, String> addresses(JsonNode repository) {
    var own = repository.get("url").asString();
    return repository
        .propertyStream()
        .filter(each -> each.getKey().endsWith("_url") && each.getValue().isString())
        .filter(each -> each.getValue().asString().startsWith(own))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, each -> each.getValue().asString().substring(own.length())));
  }
}
