package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.SourceProxy.Answered;
import dev.pulse.etl.SourceProxy.Asked;
import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pull requests and deployments that GitHub removed, or only seems to have. Each run counts. */
@TestPropertySource(properties = "pulse.ingest.census-every=0s")
class GitHubCensusTest extends ConnectorFixture {

  /** How a list is counted and asked for: by the names of the queries. */
  private record Listed(String list, String probe, String ids, String byId) {}

  private static final Listed PULLS = new Listed("pullRequests", "Probe", "PullIds", "PullsById");
  private static final Listed DEPLOYMENTS =
      new Listed("deployments", "DeploymentProbe", "DeploymentIds", "DeploymentsById");

  private static final List<String> COUNTED = List.of("pull_request", "deployment");

  private String victim = "";
  private String repository = "";

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHub(simulator);
  }

  @BeforeEach
  void everything_is_read() {
    proxy();
    sync();
    victim =
        texts("select external_id from pull_request where connection_id = ? order by id limit 1")
            .getFirst();
    repository =
        texts(
                "select repository_id from pull_request where connection_id = ? and external_id = '%s'"
                    .formatted(victim))
            .getFirst();
    simulator.requests().reset();
  }

  @Test
  void what_the_source_counts_itself_is_shown_beside_what_is_stored() {
    sync();

    assertThat(coverage())
        .hasSameSizeAs(simulator.world().repositories())
        .allSatisfy(
            each ->
                assertThat(each.path("counts").valueStream())
                    .filteredOn(count -> COUNTED.contains(count.path("record").asString()))
                    .hasSameSizeAs(COUNTED)
                    .allSatisfy(
                        count ->
                            assertThat(count.path("stored").asLong())
                                .isEqualTo(count.path("atSource").asLong())));
    assertThat(coverage().stream().mapToLong(GitHubCensusTest::pullsAtSource).sum())
        .isEqualTo(simulator.world().pullCount());
  }

  @Test
  void repositories_whose_count_is_what_is_stored_are_not_listed() {
    sync();

    assertThat(simulator.requests().counts())
        .doesNotContainKeys("github graphql PullIds", "github graphql DeploymentIds");
  }

  @Test
  void a_pull_request_that_github_removed_is_marked_with_all_that_belongs_to_it() {
    without(PULLS, victim, true);

    sync();

    assertThat(gone()).containsExactly(victim + " NOT_VISIBLE");
    assertThat(
            texts(
                "select distinct (deleted_at is null)::text from review where connection_id = ? and"
                    + " pull_request_id = '%s'".formatted(victim)))
        .doesNotContain("true");
    assertThat(job().path("rows").asLong()).isEqualTo(storedRows());
    assertThat(simulator.requests().counts().get("github graphql PullIds")).isPositive();
  }

  @Test
  void one_that_was_never_stored_does_not_make_up_for_one_that_is_gone() {
    jdbc.sql(
            """
            with stored as (
              delete from pull_request p
              where p.id = (
                select max(id) from pull_request where connection_id = :connection and repository_id = :repository)
              returning p.external_id)
            insert into quarantine (connection_id, stream, partition, label, external_id, reason, raw)
            select :connection, 'pull_requests', :repository, 'label', external_id, 'unreadable', '{}'
            from stored
            """)
        .param("connection", connection)
        .param("repository", repository)
        .update();
    without(PULLS, victim, true);

    sync();

    assertThat(gone()).containsExactly(victim + " NOT_VISIBLE");
  }

  @Test
  void a_pull_request_that_the_list_left_out_is_asked_for_before_it_counts_as_gone() {
    without(PULLS, victim, false);

    sync();

    assertThat(gone()).isEmpty();
    assertThat(simulator.requests().counts()).containsKey("github graphql PullsById");
  }

  @Test
  void a_pull_request_that_was_hidden_is_back_with_all_that_belongs_to_it() {
    without(PULLS, victim, true);
    sync();
    assertThat(gone()).hasSize(1);

    proxy().answer((asked, from) -> from.answer(asked));
    sync();

    assertThat(gone()).isEmpty();
    sync();
    assertEqualToWorld();
    assertThat(job().path("rows").asLong()).isEqualTo(storedRows());
    assertThat(simulator.requests().counts().get("github graphql MissedPulls")).isEqualTo(1);
  }

  @Test
  void a_hidden_repository_is_reported_and_its_pull_requests_stay() {
    simulator.world().visibility().hideRepository(0, true);

    sync();

    assertThat(gone()).isEmpty();
  }

  @Test
  void a_deployment_that_was_deleted_is_marked_with_its_statuses() {
    var deleted =
        texts(
                "select external_id from deployment where connection_id = ? order by created_at, id"
                    + " limit 1")
            .getFirst();
    repository =
        texts(
                "select repository_id from deployment where connection_id = ? and external_id = '%s'"
                    .formatted(deleted))
            .getFirst();
    without(DEPLOYMENTS, deleted, true);

    sync();

    assertThat(
            texts(
                "select external_id || ' ' || gone_reason from deployment where connection_id = ?"
                    + " and deleted_at is not null"))
        .containsExactly(deleted + " NOT_VISIBLE");
    assertThat(
            texts(
                "select distinct (deleted_at is null)::text from deployment_status where"
                    + " connection_id = ? and deployment_id = '%s'".formatted(deleted)))
        .containsExactly("false");
  }

  /** GitHub no longer counts and lists something, and perhaps no longer knows it either. */
  private void without(Listed what, String id, boolean unknown) {
    proxy()
        .answer(
            (asked, from) -> {
              var answer = from.answer(asked);
              if (!answer.isJson()) return answer;
              if (asks(asked, what.probe)) return counting(what, answer);
              if (asks(asked, what.ids)) return leavingOut(what, id, answer);
              if (unknown && asks(asked, what.byId)) return denying(id, asked, answer);
              return answer;
            });
  }

  private static boolean asks(Asked asked, String query) {
    return asked.body().contains("query " + query + "(");
  }

  private Answered counting(Listed what, Answered answer) {
    var json = answer.json();
    for (var node : json.at("/data/nodes")) {
      if (!node.path("id").asString("").equals(repository)) continue;
      var list = (ObjectNode) node.path(what.list);
      list.put("totalCount", list.path("totalCount").asInt() - 1);
    }
    return answer.with(json);
  }

  private static Answered leavingOut(Listed what, String id, Answered answer) {
    var json = answer.json();
    var nodes = (ArrayNode) json.at("/data/node/" + what.list + "/nodes");
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (nodes.get(i).path("id").asString().equals(id)) nodes.remove(i);
    }
    return answer.with(json);
  }

  private static Answered denying(String id, Asked asked, Answered answer) {
    var json = (ObjectNode) answer.json();
    var ids = JsonMapper.shared().readTree(asked.body()).at("/variables/ids");
    var nodes = (ArrayNode) json.at("/data/nodes");
    for (int i = 0; i < ids.size(); i++) {
      if (!ids.get(i).asString().equals(id)) continue;
      nodes.setNull(i);
      var error = json.withArray("errors").addObject();
      error.put("type", "NOT_FOUND").put("message", "Could not resolve to a node");
      error.putArray("path").add("nodes").add(i);
    }
    return answer.with(json);
  }

  private List<JsonNode> coverage() {
    return api("GET", "jobs/" + connection + "/coverage", "")
        .json()
        .path("items")
        .valueStream()
        .toList();
  }

  private static long pullsAtSource(JsonNode element) {
    return element
        .path("counts")
        .valueStream()
        .filter(count -> count.path("record").asString().equals("pull_request"))
        .mapToLong(count -> count.path("atSource").asLong())
        .sum();
  }

  private List<String> gone() {
    return texts(
        "select external_id || ' ' || gone_reason from pull_request where connection_id = ? and"
            + " deleted_at is not null");
  }
}
