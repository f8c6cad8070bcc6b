package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.SourceProxy.Answered;
import dev.pulse.etl.SourceProxy.Asked;
import dev.pulse.etl.connectors.ConnectorFixture;
import dev.pulse.etl.connectors.TestedSource;
import dev.pulse.local.Simulator;
import dev.pulse.local.faults.Fault;
import dev.pulse.local.faults.Fault.Kind;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers about runs and deployments that are odd, cut short, or change while they are read. */
class GitHubDeliveryFaultsTest extends ConnectorFixture {

  @Override
  protected TestedSource tested(Simulator simulator) {
    return new TestedGitHub(simulator);
  }

  @Override
  protected int scale() {
    return 300;
  }

  @Test
  void an_unreadable_run_and_an_unreadable_job_are_set_aside_and_the_rest_is_read() {
    changing(
        (asked, json) -> {
          if (asked.path().contains("/actions/runs?")) {
            ((ObjectNode) json.at("/workflow_runs/1")).put("status", "asleep");
          } else if (asked.path().contains("/jobs?")) {
            ((ObjectNode) json.at("/jobs/0")).putObject("name");
          } else {
            return false;
          }
          return true;
        });
    sync();
    assertThat(texts("select distinct stream from quarantine where connection_id = ?"))
        .containsExactlyInAnyOrder("workflow_runs", "workflow_jobs");
    assertThat(texts("select external_id from build where connection_id = ?")).isNotEmpty();

    proxy().passOn();
    readAnew();
    sync();

    assertEqualToWorld();
    assertThat(
            texts(
                "select reason from quarantine where connection_id = ? and stream ="
                    + " 'workflow_runs'"))
        .isEmpty();
  }

  @Test
  void an_unreadable_status_costs_neither_its_deployment_nor_the_other_statuses() {
    changing(
        (asked, json) -> {
          if (!asked.body().contains("query Deployments(")) return false;
          ((ObjectNode) json.at("/data/node/deployments/nodes/1/statuses/nodes/0"))
              .put("state", "BOUNCED");
          return true;
        });
    sync();

    assertThat(texts("select reason from quarantine where connection_id = ?"))
        .hasSize(simulator.world().repositories().size())
        .allMatch(reason -> reason.contains("state"));
    assertThat(texts("select external_id from deployment where connection_id = ?"))
        .hasSize(deployments());
    var kept = texts("select id::text from quarantine where connection_id = ?").getFirst();
    var retried = api("POST", "quarantine/" + kept + "/retry", "");
    assertThat(retried.json().toString()).contains("state");
  }

  private int deployments() {
    return simulator.world().repositories().stream()
        .mapToInt(each -> simulator.world().deployments().of(each).size())
        .sum();
  }

  @Test
  void statuses_that_are_cut_short_are_completed() {
    var shortened = new AtomicInteger();
    changing(
        (asked, json) -> {
          if (!asked.body().contains("query Deployments(")) return false;
          for (var node : json.at("/data/node/deployments/nodes")) {
            var statuses = (ArrayNode) node.at("/statuses/nodes");
            if (statuses.size() < 2) continue;
            while (statuses.size() > 1) statuses.remove(1);
            ((ObjectNode) node.at("/statuses/pageInfo"))
                .put("hasNextPage", true)
                .put("endCursor", "after the first");
            shortened.incrementAndGet();
          }
          return true;
        });

    sync();

    assertThat(shortened.get()).isGreaterThan(5);
    assertEqualToWorld();
  }

  @Test
  void jobs_that_are_counted_and_not_listed_are_noted() {
    changing(
        (asked, json) -> {
          if (!asked.path().contains("/jobs?")) return false;
          ((ObjectNode) json).put("total_count", json.path("jobs").size() + 200);
          return true;
        });

    sync();

    assertThat(texts("select reason from quarantine where connection_id = ?"))
        .isNotEmpty()
        .allMatch(reason -> reason.matches("GitHub counts \\d+ jobs, and lists \\d+"));
  }

  @Test
  void a_run_that_is_deleted_between_two_pages_takes_no_other_with_it() {
    var repository = simulator.world().repository(1);
    var pipelines = simulator.world().pipelines();
    var start = simulator.world().now().minusSeconds(900);
    for (int i = 0; i < 350; i++) {
      pipelines.finish(pipelines.start(repository, start.plusSeconds(i)), "success");
    }
    var deleted = new AtomicBoolean();
    proxy()
        .answer(
            (asked, from) -> {
              var answer = from.answer(asked);
              boolean second =
                  asked.path().contains(repository.fullName() + "/actions/runs?")
                      && asked.path().endsWith("&page=2");
              if (second && !deleted.getAndSet(true)) {
                pipelines.delete(pipelines.all(repository).newest(5));
              }
              return answer;
            });

    sync();

    assertThat(deleted).isTrue();
    assertThat(texts("select distinct external_id from build where connection_id = ?"))
        .containsAll(
            java.util.stream.IntStream.range(0, pipelines.all(repository).size())
                .mapToObj(i -> "" + pipelines.all(repository).newest(i).databaseId())
                .toList());
  }

  @Test
  void an_answer_without_the_list_is_no_empty_list() {
    changing(
        (asked, json) -> {
          if (!asked.path().contains("/actions/runs?")) return false;
          ((ObjectNode) json).remove("workflow_runs");
          return true;
        });
    connect();
    start();

    awaitEnd("FAILED");

    assertThat(job().path("error").path("category").asString()).isEqualTo("SOURCE");
    assertThat(
            texts(
                "select watermark::text from checkpoint where connection_id = ? and stream ="
                    + " 'workflow_runs'"))
        .isEmpty();
  }

  @Test
  void deployments_are_read_through_lost_cursors_and_pages_that_are_too_heavy() {
    var world = simulator.world();
    for (int i = 0; i < 230; i++) world.deployments().create(world.repository(1), "review");
    simulator.faults().add(Fault.of(Kind.EXPIRED_TOKEN, source.name()).on("Deployments").times(1));
    simulator
        .faults()
        .add(Fault.of(Kind.GRAPHQL_TOO_HEAVY, source.name()).on("Deployments").after(1).times(2));
    simulator.faults().add(Fault.of(Kind.DUPLICATES, source.name()));
    simulator.faults().add(Fault.of(Kind.REORDERED, source.name()));

    sync();

    assertEqualToWorld();
  }

  private void changing(BiPredicate<Asked, JsonNode> change) {
    proxy()
        .answer(
            (asked, from) -> {
              Answered answer = from.answer(asked);
              if (!answer.isJson()) return answer;
              var json = JsonMapper.shared().readTree(answer.body());
              return change.test(asked, json) ? answer.with(json) : answer;
            });
  }

  /** As if the connection had not been read yet. */
  private void readAnew() {
    jdbc.sql("delete from checkpoint where connection_id = ?").param(connection).update();
    jdbc.sql("delete from build where connection_id = ?").param(connection).update();
    jdbc.sql("delete from quarantine where connection_id = ? and stream = 'workflow_jobs'")
        .param(connection)
        .update();
  }
}
