package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import dev.pulse.local.world.Repository;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What happens to repositories as a whole: they are known by their id. */
class GitHubRepositoriesTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHub(simulator);
  }

  @Test
  void a_repository_that_is_archived_says_so_and_keeps_its_history() {
    sync();
    simulator.world().hosting().archive(0, true);

    sync();

    assertEqualToWorld();
    assertThat(texts("select full_name from repository where connection_id = ? and archived"))
        .containsExactly(first().fullName());
    assertThat(counter("deleted")).isZero();

    simulator.world().hosting().archive(0, false);
    sync();

    assertThat(texts("select full_name from repository where connection_id = ? and archived"))
        .isEmpty();
  }

  @Test
  void a_repository_that_another_owner_has_now_leaves_the_scope() {
    sync();
    simulator.world().hosting().transfer(0, "umbrella");

    sync();

    assertThat(pulls()).isEqualTo(pullsOfOthers());
    assertThat(coverage(first()).path("included").asBoolean()).isFalse();
    assertThat(coverage(first()).path("unreadable")).isEmpty();
    assertThat(events()).contains("has left the scope");
    assertThat(
            texts(
                "select full_name from repository where connection_id = ? and deleted_at is not"
                    + " null"))
        .hasSize(1);
  }

  @Test
  void a_repository_that_comes_back_is_read_from_its_beginning() {
    sync();
    simulator.world().hosting().transfer(0, "umbrella");
    sync();
    simulator.world().hosting().transfer(0, "acme");

    sync();

    assertEqualToWorld();
    assertThat(coverage(first()).path("included").asBoolean()).isTrue();
  }

  @Test
  void a_repository_that_is_given_away_in_mid_run_is_followed_to_its_new_place_until_the_next() {
    simulator.faults().add(Fault.of(Kind.SLOW, source.name()).on("Pulls").number(200));
    connect();
    start();
    await().until(() -> simulator.requests().counts().containsKey("github graphql Pulls"));
    simulator.world().hosting().transfer(0, "umbrella");

    awaitEnd("FINISHED");
    simulator.faults().clear();

    assertThat(pulls()).isEqualTo(source.count());
    assertThat(simulator.requests().counts()).containsKey("github repositories/issues/comments");
    sync();
    assertThat(pulls()).isEqualTo(pullsOfOthers());
  }

  /** It is not told apart from one that was deleted, or hidden from the token. */
  @Test
  void a_repository_that_was_given_to_somebody_who_hides_it_is_reported_and_its_history_stays() {
    sync();
    simulator.world().hosting().transfer(0, "umbrella");
    simulator.world().visibility().hideRepository(0, true);

    sync();

    assertThat(pulls()).isEqualTo(source.count());
    assertThat(coverage(first()).path("included").asBoolean()).isTrue();
    assertThat(unreadable()).containsExactly(name(0));
  }

  @ParameterizedTest
  @CsvSource({"tos, 403", "size, 403", "dmca, 451"})
  void a_repository_that_github_blocks_is_reported_with_the_reason_and_the_others_are_read(
      String reason, int status) {
    var since = Instant.parse("2026-01-05T10:00:00Z");
    sync();
    simulator.world().hosting().block(0, reason, since);
    for (int i = 1; i < 15; i += 3) simulator.world().editPull(i);

    sync();

    var blocked = coverage(first());
    assertThat(unreadable()).containsExactly(name(0));
    assertThat(blocked.path("unreadable"))
        .as("status %d", status)
        .isNotEmpty()
        .allSatisfy(
            each -> {
              assertThat(each.path("reason").asString()).isNotEmpty();
              assertThat(Instant.parse(each.path("since").asString()))
                  .isBetween(Instant.now().minusSeconds(120), Instant.now());
            })
        .as("what only some of GitHub's answers tell")
        .anySatisfy(
            each ->
                assertThat(each.path("reason").asString())
                    .isEqualTo(
                        "the repository is blocked by GitHub (%s, since %s)"
                            .formatted(reason, since)));
    assertThat(counter("updated")).isGreaterThanOrEqualTo(5);
    assertThat(
            texts(
                "select extra::text from repository where connection_id = ? and extra is not null"))
        .containsExactly("{\"disabled\": true}");

    simulator.world().hosting().unblock(0);
    sync();

    assertEqualToWorld();
    assertThat(unreadable()).isEmpty();
  }

  private Repository first() {
    return simulator.world().repository(0);
  }

  /** The name that a repository had when it was seen last. */
  private String name(int index) {
    return "acme/" + simulator.world().repository(index).name();
  }

  private int pulls() {
    return texts(
            "select external_id from pull_request where connection_id = ? and deleted_at is null")
        .size();
  }

  private int pullsOfOthers() {
    int repositories = simulator.world().repositories().size();
    return (int) IntStream.range(0, source.count()).filter(i -> i % repositories != 0).count();
  }

  private String events() {
    var run = job().path("runId").asLong();
    return api("GET", "runs/" + run + "/events", "").json().toString();
  }

  private JsonNode coverage(Repository repository) {
    return coverage().stream()
        .filter(each -> each.path("name").asString().endsWith("/" + repository.name()))
        .findFirst()
        .orElseThrow();
  }

  private List<String> unreadable() {
    return coverage().stream()
        .filter(each -> !each.path("unreadable").isEmpty())
        .map(each -> each.path("name").asString())
        .toList();
  }

  private List<JsonNode> coverage() {
    return api("GET", "jobs/" + connection + "/coverage", "")
        .json()
        .path("items")
        .valueStream()
        .toList();
  }
}
