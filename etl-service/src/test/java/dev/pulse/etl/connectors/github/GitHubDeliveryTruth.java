package dev.pulse.etl.connectors.github;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.world.CodeDeployment;
import dev.pulse.local.world.Person;
import dev.pulse.local.world.WorkflowRun;
import dev.pulse.local.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a complete copy of all that the simulated GitHub builds and deploys holds. */
final class GitHubDeliveryTruth {

  private static final Map<String, String> STATES =
      Map.of("completed", "FINISHED", "in_progress", "RUNNING", "waiting", "QUEUED");
  private static final Map<String, String> RESULTS =
      Map.of(
          "success", "SUCCESS",
          "skipped", "SKIPPED",
          "failure", "FAILURE",
          "startup_failure", "FAILURE",
          "cancelled", "CANCELLED",
          "timed_out", "TIMED_OUT",
          "neutral", "NEUTRAL",
          "action_required", "ACTION_REQUIRED");

  private final JdbcClient jdbc;
  private final World world;

  GitHubDeliveryTruth(JdbcClient jdbc, World world) {
    this.jdbc = jdbc;
    this.world = world;
  }

  /** Compares all rows of a connection with the world. */
  void assertEqual(long connection) {
    assertThat(
            rows(
                connection,
                """
                select concat_ws('|', r.full_name, b.external_id, b.attempt, b.pipeline_id, b.name, b.number,
                  b.trigger, b.branch, b.commit_sha, b.state, b.result, a.login,
                  extract(epoch from b.created_at)::bigint, extract(epoch from b.started_at)::bigint,
                  extract(epoch from b.finished_at)::bigint, extract(epoch from b.source_updated_at)::bigint,
                  b.extra ->> 'display_title', substring(b.url from '/actions/.*$'))
                from build b
                join repository r on r.connection_id = b.connection_id and r.external_id = b.repository_id
                left join account a on a.connection_id = b.connection_id and a.external_id = b.actor_id
                where b.connection_id = ? and b.deleted_at is null
                """))
        .containsExactlyInAnyOrderElementsOf(ofRuns(GitHubDeliveryTruth::builds));
    assertThat(
            rows(
                connection,
                """
                select concat_ws('|', j.build_id, j.attempt, j.external_id, j.name, j.state, j.result,
                  extract(epoch from j.started_at)::bigint, extract(epoch from j.finished_at)::bigint,
                  substring(j.url from '/actions/.*$'))
                from build_job j
                where j.connection_id = ? and j.deleted_at is null
                """))
        .containsExactlyInAnyOrderElementsOf(ofRuns(GitHubDeliveryTruth::jobs));
    assertThat(
            rows(
                connection,
                """
                select concat_ws('|', r.full_name, d.environment, d.production, d.commit_sha, d.ref, d.task, a.login,
                  extract(epoch from d.created_at)::bigint, extract(epoch from d.source_updated_at)::bigint,
                  d.extra ->> 'description')
                from deployment d
                join repository r on r.connection_id = d.connection_id and r.external_id = d.repository_id
                left join account a on a.connection_id = d.connection_id and a.external_id = d.creator_id
                where d.connection_id = ? and d.deleted_at is null
                """))
        .containsExactlyInAnyOrderElementsOf(ofDeployments(each -> Stream.of(row(each))));
    assertThat(
            rows(
                connection,
                """
                select concat_ws('|', r.full_name, d.commit_sha, s.state, a.login,
                  extract(epoch from s.happened_at)::bigint, substring(s.url from '[^/]*$'))
                from deployment_status s
                join deployment d on d.connection_id = s.connection_id and d.external_id = s.deployment_id
                join repository r on r.connection_id = d.connection_id and r.external_id = d.repository_id
                left join account a on a.connection_id = s.connection_id and a.external_id = s.creator_id
                where s.connection_id = ? and s.deleted_at is null
                """))
        .containsExactlyInAnyOrderElementsOf(ofDeployments(GitHubDeliveryTruth::statuses));
  }

  private List<String> ofRuns(Function<WorkflowRun, Stream<String>> rows) {
    return world.repositories().stream()
        .filter(world.pipelines()::enabled)
        .map(world.pipelines()::all)
        .flatMap(all -> IntStream.range(0, all.size()).mapToObj(all::newest))
        .flatMap(rows)
        .toList();
  }

  private List<String> ofDeployments(Function<CodeDeployment, Stream<String>> rows) {
    return world.repositories().stream()
        .flatMap(each -> world.deployments().of(each).stream())
        .flatMap(rows)
        .toList();
  }

  private static Stream<String> builds(WorkflowRun run) {
    return run.attempts().stream()
        .map(
            each ->
                joined(
                    run.repository().fullName(),
                    run.databaseId(),
                    each.number(),
                    run.workflow().databaseId(),
                    run.workflow().name(),
                    run.number(),
                    run.event(),
                    run.branch(),
                    run.sha(),
                    STATES.get(each.status()),
                    result(each.conclusion()),
                    login(each.actor()),
                    run.created().getEpochSecond(),
                    each.started().getEpochSecond(),
                    each.status().equals("completed") ? each.updated().getEpochSecond() : null,
                    each.updated().getEpochSecond(),
                    run.title(),
                    address(run)));
  }

  private static Stream<String> jobs(WorkflowRun run) {
    return run.attempts().stream()
        .flatMap(
            attempt ->
                attempt.jobs().stream()
                    .map(
                        each ->
                            joined(
                                run.databaseId(),
                                attempt.number(),
                                each.databaseId(),
                                each.name(),
                                STATES.get(each.status()),
                                result(each.conclusion()),
                                each.started().getEpochSecond(),
                                seconds(each.completed()),
                                address(run) + "/job/" + each.databaseId())));
  }

  private static String row(CodeDeployment row) {
    return joined(
        row.repository().fullName(),
        row.environment(),
        row.production() ? "t" : "f",
        row.sha(),
        row.ref(),
        row.task(),
        login(row.creator()),
        row.created().getEpochSecond(),
        row.updated().getEpochSecond(),
        row.description());
  }

  private static Stream<String> statuses(CodeDeployment row) {
    return row.statuses().stream()
        .map(
            each ->
                joined(
                    row.repository().fullName(),
                    row.sha(),
                    each.state().equals("IN_PROGRESS") ? "RUNNING" : each.state(),
                    login(each.creator()),
                    each.at().getEpochSecond(),
                    each.state().equals("SUCCESS")
                        ? row.environment() + ".acme.example"
                        : "actions"));
  }

  /** Without the repository, which may have been renamed since the address was read. */
  private static String address(WorkflowRun run) {
    return "/actions/runs/" + run.databaseId();
  }

  private static @Nullable String result(@Nullable String conclusion) {
    return conclusion == null ? null : RESULTS.get(conclusion);
  }

  private static @Nullable Long seconds(@Nullable Instant at) {
    return at == null ? null : at.getEpochSecond();
  }

  private static String login(Person person) {
    return person.gone() ? "ghost" : person.login();
  }

  private static String joined(@Nullable Object... parts) {
    return Stream.of(parts)
        .filter(part -> part != null)
        .map(Object::toString)
        .collect(joining("|"));
  }

  private List<String> rows(long connection, String sql) {
    return jdbc.sql(sql).param(connection).query(String.class).list();
  }
}
