package dev.pulse.etl.connectors.jira;

import static java.util.Objects.requireNonNull;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Rewind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same issues once more, further back and rarely: the search index of Jira lags, sometimes by
 * longer than the overlap of the issues' own walk, and what it shows late would never be read. The
 * mark keeps where a walk began and with which projects, so that it goes on as it began.
 */
final class JiraLookBack extends JiraIssues {

  private static final Partition ALL = new Partition("*", "all projects");
  private static final Duration BACK = Duration.ofHours(24);
  private static final Duration EVERY = Duration.ofHours(6);

  JiraLookBack(JiraClient client, JiraFieldNames fields, JiraVisible visible) {
    super(client, fields, visible);
  }

  @Override
  public String name() {
    return "issues_look_back";
  }

  @Override
  public String label() {
    return "issues, looked at again";
  }

  @Override
  public Duration overlap() {
    return BACK;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) {
    var reached = planning.reached(ALL.id());
    var projects = visible.of(JiraGrouping.ids(planning.scope()));
    if (reached.open() && reached.mark() != null) {
      var parts = reached.mark().split(":", 2);
      projects = visible.of(List.of(parts[1].split(",")));
      return walk(projects, Instant.ofEpochMilli(Long.parseLong(parts[0])));
    }
    boolean rested =
        reached.completedAt() != null
            && !reached.completedAt().isBefore(planning.now().minus(EVERY));
    return rested ? List.of() : walk(projects, planning.now().minus(BACK));
  }

  @Override
  public Rewind rewind(Map<String, Reached> checkpoints, String partition, Instant to) {
    return new Rewind.Not("looks one day back, every six hours");
  }

  /** The floor is always a day back, however quiet the site is. */
  @Override
  public Page read(Request request) throws InterruptedException {
    return super.read(
        new Request(request.partition(), null, request.position(), request.pageSize()));
  }

  private List<PlannedWalk> walk(List<String> projects, Instant floor) {
    if (projects.isEmpty()) return List.of();
    search(projects, floor);
    return List.of(new PlannedWalk(ALL, mark(projects, floor)));
  }

  @Override
  String mark(List<String> members, @Nullable Instant floor) {
    return requireNonNull(floor).toEpochMilli() + ":" + String.join(",", members);
  }
}
