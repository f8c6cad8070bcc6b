package dev.pulse.etl.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pulse.etl.Contracts;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.records.Build;
import dev.pulse.etl.connectors.records.BuildJob;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs, jobs and deployments as the real GitHub answered them, and odd ones. */
class GitHubDeliveryRecordedTest {

  private static final Partition REPOSITORY = new Partition("R_1", "hub4j-test-org/github-api");
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void runs_of_before_there_were_attempts_are_first_attempts() {
    var raw = Contracts.json("recorded/github/actions-runs.json").path("workflow_runs");

    assertThat(raw).hasSizeGreaterThan(1);
    for (var each : raw) {
      var build = build(each);
      assertThat(build.attempt()).isEqualTo(1);
      assertThat(build.name()).isEqualTo("Fast workflow");
      assertThat(build.state()).isEqualTo("FINISHED");
      assertThat(build.result()).isEqualTo("SUCCESS");
      assertThat(build.trigger()).isEqualTo("workflow_dispatch");
      assertThat(build.branch()).isEqualTo("second-branch");
      assertThat(build.finishedAt()).isAfter(build.createdAt());
      assertThat(build.pipelineId()).isEqualTo("6820790");
      assertThat(GitHubBuildMapper.isOpen(each, NOW)).isFalse();
    }
  }

  @Test
  void jobs_name_their_run_and_their_times() {
    for (var each : Contracts.json("recorded/github/actions-run-jobs.json").path("jobs")) {
      var page = Page.servedAt(NOW);
      GitHubBuildMapper.job(each, page);
      var job = (BuildJob) page.last().records().getFirst();
      assertThat(job.buildId()).isEqualTo("719643947");
      assertThat(job.result()).isEqualTo("SUCCESS");
      assertThat(job.finishedAt()).isAfterOrEqualTo(job.startedAt());
      assertThat(job.url()).startsWith("https://github.com/");
    }
  }

  @Test
  void a_deployment_is_known_again_by_what_both_interfaces_say() {
    var told = Contracts.json("recorded/github/deployments.json").path(0);
    var node =
        JsonMapper.shared()
            .createObjectNode()
            .put("commitOid", told.path("sha").asString())
            .put("createdAt", told.path("created_at").asString())
            .put("environment", told.path("environment").asString());

    assertThat(told.path("production_environment").isBoolean()).isTrue();
    assertThat(GitHubDeploymentFlags.same(node, told)).isTrue();
    assertThat(GitHubDeploymentFlags.same(node.put("environment", "other"), told)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "queued, , QUEUED, ",
    "requested, , QUEUED, ",
    "waiting, , QUEUED, ",
    "pending, , QUEUED, ",
    "in_progress, , RUNNING, ",
    "completed, success, FINISHED, SUCCESS",
    "completed, failure, FINISHED, FAILURE",
    "completed, startup_failure, FINISHED, FAILURE",
    "completed, cancelled, FINISHED, CANCELLED",
    "completed, skipped, FINISHED, SKIPPED",
    "completed, timed_out, FINISHED, TIMED_OUT",
    "completed, stale, FINISHED, TIMED_OUT",
    "completed, neutral, FINISHED, NEUTRAL",
    "completed, action_required, FINISHED, ACTION_REQUIRED",
  })
  void every_status_and_conclusion_is_known(
      String status, String conclusion, String state, String result) {
    var run = run().put("status", status).put("conclusion", conclusion);

    assertThat(build(run).state()).isEqualTo(state);
    assertThat(build(run).result()).isEqualTo(result);
    assertThat(GitHubBuildMapper.isOpen(run, NOW))
        .isEqualTo(!status.equals("completed") || "action_required".equals(conclusion));
  }

  @ParameterizedTest
  @CsvSource({
    "status, sleeping",
    "conclusion, perhaps",
    "created_at, yesterday",
    "updated_at, 9999-12-31T23:59:59Z",
    "run_attempt, 0",
  })
  void what_is_not_documented_is_set_aside(String field, String value) {
    var run = run();
    if (field.equals("run_attempt")) run.put(field, 0);
    else run.put(field, value);

    assertThatThrownBy(() -> build(run))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining(field);
  }

  @Test
  void a_run_that_could_not_go_on_for_so_long_is_not_waited_for() {
    var run = run().put("status", "queued").put("run_started_at", "2026-09-01T00:00:00Z");

    assertThat(GitHubBuildMapper.isOpen(run, NOW)).isFalse();
  }

  @Test
  void a_workflow_without_a_name_is_called_by_its_file() {
    var run = run().put("name", "").put("path", ".github/workflows/ci.yml");

    assertThat(build(run).name()).isEqualTo(".github/workflows/ci.yml");
  }

  private static ObjectNode run() {
    return JsonMapper.shared()
        .createObjectNode()
        .put("id", 7)
        .put("name", "CI")
        .put("run_number", 3)
        .put("run_attempt", 1)
        .put("status", "completed")
        .put("conclusion", "success")
        .put("created_at", "2026-11-20T10:00:00Z")
        .put("updated_at", "2026-11-20T10:05:00Z");
  }

  private static Build build(JsonNode raw) {
    var page = Page.servedAt(NOW);
    GitHubBuildMapper.run(raw, REPOSITORY, page);
    return page.last().records().stream()
        .filter(Build.class::isInstance)
        .map(Build.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
