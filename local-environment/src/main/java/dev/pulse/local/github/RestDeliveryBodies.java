package dev.pulse.local.github;

import dev.pulse.local.world.CodeDeployment;
import dev.pulse.local.world.Repository;
import dev.pulse.local.world.WorkflowRun;
import dev.pulse.local.world.WorkflowRun.Attempt;
import dev.pulse.local.world.WorkflowRun.Job;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs of workflows, jobs and deployments as REST writes them. */
final class RestDeliveryBodies {

  private final RestBodies bodies;
  private final String base;

  RestDeliveryBodies(RestBodies bodies, String base) {
    this.bodies = bodies;
    this.base = base;
  }

  /** A run as one of its attempts left it. */
  Map<String, @Nullable Object> run(WorkflowRun run, Attempt attempt) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    Repository row = run.repository();
    String url = base + "/repos/" + row.fullName() + "/actions/runs/" + run.databaseId();
    long suite = run.databaseId() + 1_000_000;
    body.put("id", run.databaseId());
    body.put("name", run.workflow().name());
    body.put("node_id", NodeIds.of("WFR", row.databaseId(), run.databaseId()));
    body.put("check_suite_id", suite);
    body.put("check_suite_node_id", NodeIds.of("CS", row.databaseId(), suite));
    body.put("head_branch", run.branch());
    body.put("head_sha", run.sha());
    body.put("path", run.workflow().path());
    body.put("display_title", run.title());
    body.put("run_number", run.number());
    body.put("event", run.event());
    body.put("status", attempt.status());
    body.put("conclusion", attempt.conclusion());
    body.put("workflow_id", run.workflow().databaseId());
    body.put("url", url);
    body.put("html_url", web(run));
    body.put("pull_requests", List.of());
    body.put("created_at", time(run.created()));
    body.put("updated_at", time(attempt.updated()));
    body.put("actor", bodies.account(run.actor()));
    body.put("triggering_actor", bodies.account(attempt.actor()));
    body.put("run_attempt", attempt.number());
    body.put("referenced_workflows", List.of());
    body.put("run_started_at", time(attempt.started()));
    addresses(body, url, attempt.number());
    body.put("check_suite_url", base + "/repos/" + row.fullName() + "/check-suites/" + suite);
    body.put(
        "workflow_url",
        base + "/repos/" + row.fullName() + "/actions/workflows/" + run.workflow().databaseId());
    body.put("head_commit", headCommit(run));
    body.put("repository", bodies.repository(row));
    body.put("head_repository", bodies.repository(row));
    return body;
  }

  private static void addresses(Map<String, @Nullable Object> body, String url, int attempt) {
    body.put("jobs_url", url + "/jobs");
    body.put("logs_url", url + "/logs");
    body.put("artifacts_url", url + "/artifacts");
    body.put("cancel_url", url + "/cancel");
    body.put("rerun_url", url + "/rerun");
    body.put("previous_attempt_url", attempt == 1 ? null : url + "/attempts/" + (attempt - 1));
  }

  private static Map<String, @Nullable Object> headCommit(WorkflowRun run) {
    Map<String, Object> person = Map.of("name", run.actor().name(), "email", run.actor().email());
    Map<String, @Nullable Object> commit = new LinkedHashMap<>();
    commit.put("id", run.sha());
    commit.put("tree_id", run.sha());
    commit.put("message", run.title());
    commit.put("timestamp", time(run.created()));
    commit.put("author", person);
    commit.put("committer", person);
    return commit;
  }

  Map<String, @Nullable Object> job(WorkflowRun run, Attempt attempt, Job job) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    Repository row = run.repository();
    String url = base + "/repos/" + row.fullName();
    body.put("id", job.databaseId());
    body.put("run_id", run.databaseId());
    body.put("workflow_name", run.workflow().name());
    body.put("head_branch", run.branch());
    body.put("run_url", url + "/actions/runs/" + run.databaseId());
    body.put("run_attempt", attempt.number());
    body.put("node_id", NodeIds.of("CR", row.databaseId(), job.databaseId()));
    body.put("head_sha", run.sha());
    body.put("url", url + "/actions/jobs/" + job.databaseId());
    body.put("html_url", web(run) + "/job/" + job.databaseId());
    body.put("status", job.status());
    body.put("conclusion", job.conclusion());
    body.put("created_at", time(job.created()));
    body.put("started_at", time(job.started()));
    body.put("completed_at", job.completed() == null ? null : time(job.completed()));
    body.put("name", job.name());
    body.put("steps", List.of(step(job)));
    body.put("check_run_url", url + "/check-runs/" + job.databaseId());
    body.put("labels", List.of("ubuntu-latest"));
    body.put("runner_id", 1);
    body.put("runner_name", "runner 1");
    body.put("runner_group_id", 2);
    body.put("runner_group_name", "GitHub Actions");
    return body;
  }

  private static Map<String, @Nullable Object> step(Job job) {
    Map<String, @Nullable Object> step = new LinkedHashMap<>();
    boolean done = job.completed() != null;
    step.put("name", "Set up job");
    step.put("status", done ? "completed" : "in_progress");
    step.put("conclusion", done ? "success" : null);
    step.put("number", 1);
    step.put("started_at", time(job.started()));
    step.put("completed_at", done ? time(job.started()) : null);
    return step;
  }

  /** A deployment; REST still writes its node id in the older form. */
  Map<String, @Nullable Object> deployment(CodeDeployment row) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    String repository = base + "/repos/" + row.repository().fullName();
    String url = repository + "/deployments/" + row.databaseId();
    body.put("url", url);
    body.put("id", row.databaseId());
    body.put("node_id", older("Deployment", row.databaseId()));
    body.put("task", row.task());
    body.put("original_environment", row.environment());
    body.put("environment", row.environment());
    body.put("description", row.description());
    body.put("created_at", time(row.created()));
    body.put("updated_at", time(row.updated()));
    body.put("statuses_url", url + "/statuses");
    body.put("repository_url", repository);
    body.put("creator", bodies.account(row.creator()));
    body.put("sha", row.sha());
    body.put("ref", row.ref());
    body.put("payload", Map.of());
    body.put("transient_environment", false);
    body.put("production_environment", row.production());
    body.put("performed_via_github_app", null);
    return body;
  }

  private static String older(String type, long id) {
    String plain = "0%d:%s%d".formatted(type.length(), type, id);
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  private static String web(WorkflowRun run) {
    return Urls.repository(run.repository()) + "/actions/runs/" + run.databaseId();
  }

  private static String time(Instant at) {
    return Scalars.time(at);
  }
}
