package dev.pulse.local.github;

import dev.pulse.local.world.CodeDeployment;
import dev.pulse.local.world.Pipelines;
import dev.pulse.local.world.Repository;
import dev.pulse.local.world.WorkflowRun;
import dev.pulse.local.world.WorkflowRun.Attempt;
import dev.pulse.local.world.WorkflowRun.Job;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How code is built and deployed, over REST: runs of workflows with their attempts and jobs, and
 * deployments. Of the filters of runs only {@code created} is simulated; a filtered search shows
 * 1,000 results at most, and counts all of them.
 */
final class RestDelivery {

  private static final int MOST_RESULTS = 1_000;

  private final Hub hub;
  private final RestDeliveryBodies bodies;
  private final String base;

  RestDelivery(Hub hub, RestBodies bodies, String base) {
    this.hub = hub;
    this.bodies = new RestDeliveryBodies(bodies, base);
    this.base = base;
  }

  /** Whether a path below a repository is about builds or deployments. */
  static boolean holds(List<String> path) {
    return path.getFirst().equals("actions") || path.getFirst().equals("deployments");
  }

  Answer answer(Ask ask, Repository row, List<String> path) {
    if (path.getFirst().equals("deployments")) {
      return path.size() == 1 ? deployments(ask, row) : missing();
    }
    if (!hub.pipelines().enabled(row) || path.size() < 2 || !path.get(1).equals("runs")) {
      return missing();
    }
    if (path.size() == 2) return runs(ask, row);
    if (!path.get(2).matches("\\d{1,18}")) return missing();
    return hub.pipelines()
        .find(row, Long.parseLong(path.get(2)))
        .map(run -> run(ask, run, path.subList(3, path.size())))
        .orElseGet(RestDelivery::missing);
  }

  private Answer deployments(Ask ask, Repository row) {
    List<CodeDeployment> newest = hub.deployments(row).reversed();
    String canonical = "repositories/%d/deployments".formatted(row.databaseId());
    return Pages.cut(ask, base, canonical, newest, bodies::deployment);
  }

  private Answer runs(Ask ask, Repository row) {
    String created = ask.parameters().get("created");
    var filter = CreatedFilter.of(created == null ? "*..*" : created);
    if (filter.isEmpty()) return Answer.error(422, "Validation Failed");
    var window = hub.pipelines().window(row, filter.get().from(), filter.get().to());
    int shown = created == null ? window.size() : Math.min(window.size(), MOST_RESULTS);
    String canonical = "repositories/%d/actions/runs".formatted(row.databaseId());
    Answer page =
        Pages.cut(
            ask, base, canonical, new Newest(window, shown), run -> bodies.run(run, run.latest()));
    return counted(page, window.size(), "workflow_runs");
  }

  /** A window's runs, the newest first, each made when it is looked at. */
  private static final class Newest extends AbstractList<WorkflowRun> {
    private final Pipelines.Window window;
    private final int size;

    Newest(Pipelines.Window window, int size) {
      this.window = window;
      this.size = size;
    }

    @Override
    public WorkflowRun get(int place) {
      return window.newest(place);
    }

    @Override
    public int size() {
      return size;
    }
  }

  private Answer run(Ask ask, WorkflowRun run, List<String> rest) {
    if (rest.isEmpty()) return Answer.ok(bodies.run(run, run.latest()));
    if (rest.equals(List.of("jobs"))) {
      List<Attempt> attempts = ask.is("filter", "all") ? run.attempts() : List.of(run.latest());
      return jobs(ask, run, attempts, "jobs");
    }
    if (!rest.getFirst().equals("attempts") || rest.size() < 2) return missing();
    var attempt =
        run.attempts().stream()
            .filter(each -> String.valueOf(each.number()).equals(rest.get(1)))
            .findFirst();
    if (attempt.isEmpty()) return missing();
    if (rest.size() == 2) return Answer.ok(bodies.run(run, attempt.get()));
    return rest.size() == 3 && rest.get(2).equals("jobs")
        ? jobs(ask, run, List.of(attempt.get()), "attempts/" + rest.get(1) + "/jobs")
        : missing();
  }

  private record Done(Attempt attempt, Job job) {}

  private Answer jobs(Ask ask, WorkflowRun run, List<Attempt> attempts, String path) {
    List<Done> all =
        attempts.stream()
            .flatMap(each -> each.jobs().stream().map(job -> new Done(each, job)))
            .toList();
    String canonical =
        "repositories/%d/actions/runs/%d/%s"
            .formatted(run.repository().databaseId(), run.databaseId(), path);
    Answer page =
        Pages.cut(ask, base, canonical, all, done -> bodies.job(run, done.attempt(), done.job()));
    return counted(page, all.size(), "jobs");
  }

  private static Answer counted(Answer page, int total, String name) {
    List<?> rows =
        Stream.ofNullable(page.body()).flatMap(body -> ((List<?>) body).stream()).toList();
    return new Answer(200, page.headers(), Map.of("total_count", total, name, rows));
  }

  private static Answer missing() {
    return Answer.error(404, "Not Found");
  }
}
