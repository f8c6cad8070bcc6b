package dev.pulse.local.github;

import static dev.pulse.local.github.GitHubSite.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.Repository;
import dev.pulse.local.world.WorkflowRun;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Runs of workflows and deployments, as the simulated GitHub lists them. */
class DeliveryTest {

  private GitHubSite site;
  private Repository repository;

  @BeforeEach
  void start() {
    site = new GitHubSite(2_000, 5_000);
    repository = site.world.repository(0);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void pages_of_runs_hold_each_once_and_the_newest_first() throws Exception {
    var expected = new ArrayList<>(ids());

    var listed = new ArrayList<Long>();
    for (int page = 1; listed.size() < expected.size(); page++) {
      runs("per_page=30&page=" + page)
          .path("workflow_runs")
          .forEach(run -> listed.add(run.path("id").asLong()));
    }

    assertThat(listed).isEqualTo(expected).doesNotHaveDuplicates();
  }

  @Test
  void runs_that_were_deleted_are_left_out_and_not_counted() throws Exception {
    var all = site.world.pipelines().all(repository);
    int before = all.size();
    var gone = List.of(all.newest(0), all.newest(7), all.newest(8), all.newest(before - 1));

    gone.forEach(site.world.pipelines()::delete);

    assertThat(runs("per_page=1").path("total_count").asInt()).isEqualTo(before - gone.size());
    assertThat(ids())
        .hasSize(before - gone.size())
        .doesNotContainAnyElementsOf(gone.stream().map(WorkflowRun::databaseId).toList());
    assertThat(site.get(path("actions/runs/" + gone.getFirst().databaseId())).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-01..2026-11-30, 3",
    "2026-11-02T10:00:01Z..2026-11-30, 2",
    "2026-11-02T10:00:00Z..2026-11-03, 2",
    ">=2026-11-03T10:00:00Z, 2",
    ">2026-11-03T10:00:00Z, 1",
    "<=2026-11-02T10:00:00Z, 1",
    "<2026-11-03T10:00:00Z, 1",
    "2026-11-03, 1",
    "2026-11-03T10:00:00Z..*, 2",
    "*..2026-11-03T10:00:00Z, 2",
  })
  void the_filter_by_creation_reads_as_a_search_does(String filter, int matching) {
    var times =
        List.of("2026-11-02T10:00:00Z", "2026-11-03T10:00:00Z", "2026-11-04T10:00:00Z").stream()
            .map(java.time.Instant::parse);

    var created = CreatedFilter.of(filter).orElseThrow();

    assertThat(times.filter(at -> !at.isBefore(created.from()) && !at.isAfter(created.to())))
        .hasSize(matching);
  }

  @Test
  void a_filter_that_is_no_date_is_refused() throws Exception {
    assertThat(site.get(path("actions/runs?created=yesterday")).statusCode()).isEqualTo(422);
  }

  @Test
  void a_filtered_search_shows_a_thousand_and_counts_them_all() throws Exception {
    var start = site.world.now();
    IntStream.range(0, 1_020).forEach(_ -> site.world.pipelines().start(repository, start));
    var filter = "created=" + encoded(">=" + start) + "&per_page=100&page=";

    var tenth = site.get(path("actions/runs?" + filter + 10));
    var eleventh = runs(filter + 11);

    assertThat(JSON.readTree(tenth.body()).path("workflow_runs")).hasSize(100);
    assertThat(tenth.headers().firstValue("Link").orElse("")).doesNotContain("next");
    assertThat(eleventh.path("workflow_runs")).isEmpty();
    assertThat(eleventh.path("total_count").asInt()).isEqualTo(1_020);
    assertThat(runs("per_page=100&page=11").path("workflow_runs")).hasSize(100);
  }

  @Test
  void a_run_waits_for_days_and_goes_on_as_time_moves() throws Exception {
    var waiting = site.world.pipelines().all(repository).newest(0);

    assertThat(waiting.latest().status()).isEqualTo("waiting");
    assertThat(waiting.latest().conclusion()).isNull();
    assertThat(waiting.latest().jobs().getLast().completed()).isNull();
  }

  @Test
  void a_deployment_that_succeeds_makes_the_one_before_it_inactive() throws Exception {
    var deployments = site.world.deployments();
    var first = deployments.create(repository, "staging");
    deployments.tell(first, "SUCCESS");
    var live = deployments.create(repository, "production");
    deployments.tell(live, "SUCCESS");

    deployments.tell(deployments.create(repository, "staging"), "SUCCESS");
    deployments.tell(deployments.create(repository, "production"), "SUCCESS");

    assertThat(deployments.find(repository, first.databaseId()).orElseThrow().state())
        .isEqualTo("INACTIVE");
    assertThat(deployments.find(repository, live.databaseId()).orElseThrow().state())
        .isEqualTo("SUCCESS");
  }

  @Test
  void deployments_are_listed_the_newest_first_with_their_statuses() throws Exception {
    var made = site.world.deployments().create(repository, "production");
    site.world.deployments().tell(made, "IN_PROGRESS");

    var answer =
        site.asked(
            """
            query Q($first: Int!) { repository(owner: "acme", name: "payments") {
              deployments(first: $first, orderBy: {field: CREATED_AT, direction: DESC}) {
                totalCount nodes { id commitOid state environment ref { name } creator { login }
                  statuses(first: 30) { totalCount nodes { id state createdAt } pageInfo { hasNextPage } } } } } }\
            """,
            Map.of("first", 100));

    var list = answer.at("/data/repository/deployments");
    assertThat(list.path("totalCount").asInt())
        .isEqualTo(site.world.deployments().of(repository).size());
    assertThat(list.at("/nodes/0/state").asString()).isEqualTo("IN_PROGRESS");
    assertThat(list.at("/nodes/0/statuses/nodes/0/state").asString()).isEqualTo("IN_PROGRESS");
    assertThat(list.path("nodes").valueStream())
        .anyMatch(each -> each.at("/statuses/pageInfo/hasNextPage").asBoolean());
  }

  private List<Long> ids() {
    var all = site.world.pipelines().all(repository);
    return IntStream.range(0, all.size()).mapToObj(i -> all.newest(i).databaseId()).toList();
  }

  private JsonNode runs(String query) throws Exception {
    return JSON.readTree(site.get(path("actions/runs?" + query)).body());
  }

  private static String path(String below) {
    return "/repos/acme/payments/" + below;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
