package dev.pulse.local.github;

import static dev.pulse.local.github.GitHubSite.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what is answered about runs, jobs and deployments against GitHub's own description. */
class OfficialDeliveryTest extends OfficialTest {

  private static final String RUNS = "GET /repos/{owner}/{repo}/actions/runs";
  private static final String PAYMENTS = "/repos/acme/payments";

  @ParameterizedTest
  @CsvSource({
    "/actions/runs, /actions/runs?per_page=100",
    "/actions/runs, /actions/runs?per_page=100&created=%3E%3D2026-01-01",
    "/deployments, /deployments?per_page=100",
  })
  void lists_are_as_described(String operation, String path) throws Exception {
    var answer = site.get(PAYMENTS + path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(contract.complaints("GET /repos/{owner}/{repo}" + operation, answer, "")).isEmpty();
  }

  @Test
  void a_run_its_attempts_and_their_jobs_are_as_described() throws Exception {
    var pipelines = site.world.pipelines();
    var run = pipelines.start(site.world.repository(0));
    pipelines.finish(run, "failure");
    pipelines.rerun(run);
    var path = PAYMENTS + "/actions/runs/" + run.databaseId();

    var found = site.get(path);
    var first = site.get(path + "/attempts/1");
    var jobs = site.get(path + "/jobs?filter=all&per_page=100");

    assertThat(contract.complaints(RUNS + "/{run_id}", found, "")).isEmpty();
    assertThat(contract.complaints("workflow-run", first.body())).isEmpty();
    assertThat(contract.complaints(RUNS + "/{run_id}/jobs", jobs, "")).isEmpty();
    assertThat(JSON.readTree(found.body()).path("run_attempt").asInt()).isEqualTo(2);
    assertThat(JSON.readTree(found.body()).path("status").asString()).isEqualTo("in_progress");
    assertThat(JSON.readTree(first.body()).path("conclusion").asString()).isEqualTo("failure");
    assertThat(JSON.readTree(jobs.body()).path("jobs").valueStream())
        .extracting(job -> job.path("run_attempt").asInt())
        .contains(1, 2);
  }

  @Test
  void workflows_that_are_switched_off_are_said_as_described() throws Exception {
    site.world.pipelines().enable(site.world.repository(0), false);

    var answer = site.get(PAYMENTS + "/actions/runs");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(contract.complaints("basic-error", answer.body())).isEmpty();
  }
}
