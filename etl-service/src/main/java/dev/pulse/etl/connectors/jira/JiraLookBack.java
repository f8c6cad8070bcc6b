package dev.pulse.etl.connectors.jira;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import java.time.Duration;
import java.util.List;

/**
 * The same issues once more, further back and rarely: the search index of Jira lags, sometimes by
 * longer than the overlap of the issues' own walk, and what it shows late would never be read.
 */
final class JiraLookBack extends JiraIssues {

  private static final Partition ALL = new Partition("*", "all projects");
  private static final Duration BACK = Duration.ofHours(24);
  private static final Duration EVERY = Duration.ofHours(6);

  JiraLookBack(JiraClient client, JiraFieldNames fields) {
    super(client, fields);
  }

  @Override
  public String name() {
    return "issues_look_back";
  }

  @Override
  public Duration overlap() {
    return BACK;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) {
    var reached = planning.reached(ALL.id());
    boolean due =
        reached.open()
            || reached.completedAt() == null
            || reached.completedAt().isBefore(planning.now().minus(EVERY));
    if (!due || planning.scope().isEmpty()) return List.of();
    search(ids(planning.scope()), planning.now().minus(BACK));
    return List.of(new PlannedWalk(ALL, null));
  }

  /** The floor is always a day back, however quiet the site is. */
  @Override
  public Page read(Request request) throws InterruptedException {
    return super.read(
        new Request(request.partition(), null, request.position(), request.pageSize()));
  }
}
