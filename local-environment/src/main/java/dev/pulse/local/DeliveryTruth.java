package dev.pulse.local;

import dev.pulse.local.world.CodeDeployment;
import dev.pulse.local.world.Repository;
import dev.pulse.local.world.WorkflowRun;
import dev.pulse.local.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is built and deployed, as far as the token may see it, repository by repository. */
final class DeliveryTruth {

  private final World world;

  DeliveryTruth(World world) {
    this.world = world;
  }

  /** The rows of one repository by its index, for each kind. */
  Map<String, IntFunction<List<Map<String, @Nullable Object>>>> kinds() {
    var kinds = new LinkedHashMap<String, IntFunction<List<Map<String, @Nullable Object>>>>();
    kinds.put("github.builds", ofRuns(DeliveryTruth::builds));
    kinds.put("github.buildJobs", ofRuns(DeliveryTruth::jobs));
    kinds.put("github.deployments", ofDeployments(each -> Stream.of(row(each))));
    kinds.put("github.deploymentStatuses", ofDeployments(DeliveryTruth::statuses));
    return kinds;
  }

  private IntFunction<List<Map<String, @Nullable Object>>> ofRuns(
      Function<WorkflowRun, Stream<Map<String, @Nullable Object>>> rows) {
    return visible(
        repository -> {
          if (!world.pipelines().enabled(repository)) return Stream.empty();
          var all = world.pipelines().all(repository);
          return IntStream.range(0, all.size()).mapToObj(all::newest).flatMap(rows);
        });
  }

  private IntFunction<List<Map<String, @Nullable Object>>> ofDeployments(
      Function<CodeDeployment, Stream<Map<String, @Nullable Object>>> rows) {
    return visible(repository -> world.deployments().of(repository).stream().flatMap(rows));
  }

  private IntFunction<List<Map<String, @Nullable Object>>> visible(
      Function<Repository, Stream<Map<String, @Nullable Object>>> rows) {
    return index -> {
      var repository = world.repository(index);
      return world.visibility().hidden(repository) ? List.of() : rows.apply(repository).toList();
    };
  }

  private static Stream<Map<String, @Nullable Object>> builds(WorkflowRun run) {
    return run.attempts().stream()
        .map(
            each ->
                row(
                    "id", run.databaseId(),
                    "attempt", each.number(),
                    "repository", run.repository().fullName(),
                    "sha", run.sha(),
                    "status", each.status(),
                    "conclusion", each.conclusion(),
                    "updated", each.updated()));
  }

  private static Stream<Map<String, @Nullable Object>> jobs(WorkflowRun run) {
    return run.attempts().stream()
        .flatMap(
            attempt ->
                attempt.jobs().stream()
                    .map(
                        each ->
                            row(
                                "id", each.databaseId(),
                                "runId", run.databaseId(),
                                "attempt", attempt.number(),
                                "name", each.name(),
                                "status", each.status(),
                                "conclusion", each.conclusion(),
                                "completed", each.completed())));
  }

  private static Map<String, @Nullable Object> row(CodeDeployment deployment) {
    return row(
        "id", deployment.databaseId(),
        "repository", deployment.repository().fullName(),
        "environment", deployment.environment(),
        "production", deployment.production(),
        "sha", deployment.sha(),
        "state", deployment.state(),
        "updated", deployment.updated());
  }

  private static Stream<Map<String, @Nullable Object>> statuses(CodeDeployment deployment) {
    return deployment.statuses().stream()
        .map(
            each ->
                row(
                    "id", each.databaseId(),
                    "deploymentId", deployment.databaseId(),
                    "state", each.state(),
                    "at", each.at()));
  }

  private static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
    var row = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return row;
  }
}
