package dev.pulse.local.jira;

import dev.pulse.local.world.Issue;
import dev.pulse.local.world.Order;
import dev.pulse.local.world.Project;
import dev.pulse.local.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds issues, page by page, in the order asked for. */
final class IssueSearch {

  private final World world;
  private volatile Duration indexLag = Duration.ZERO;

  IssueSearch(World world) {
    this.world = world;
  }

  /** Changes younger than this are not found yet. */
  void indexLag(Duration lag) {
    indexLag = lag;
  }

  /**
   * A page of the search.
   *
   * @param next where the page after begins; null = the end
   */
  record Found(List<Issue> issues, @Nullable Order next) {}

  /**
   * A page of issues that the token may see.
   *
   * @throws Jql.Refused if a project is named that is not there or that it may not see: Jira never
   *     tells which
   */
  Found find(Jql jql, @Nullable Order after, int limit) {
    var visible =
        world.projects().stream().filter(each -> !world.visibility().hidden(each)).toList();
    for (var name : jql.projects()) {
      if (visible.stream().noneMatch(each -> named(each, name))) {
        throw new Jql.Refused(
            name.matches("\\d+")
                ? "A value with ID '" + name + "' does not exist for the field 'project'."
                : "The value '" + name + "' does not exist for the field 'project'.");
      }
    }
    return jql.order().startsWith("updated")
        ? byUpdate(jql, after, limit)
        : byId(jql, after, limit);
  }

  long count(Jql jql) {
    return find(jql, null, Integer.MAX_VALUE).issues.size();
  }

  private Found byUpdate(Jql jql, @Nullable Order after, int limit) {
    boolean down = jql.order().endsWith("desc");
    var all = down ? world.byUpdate().issues().descendingMap() : world.byUpdate().issues();
    var from = after;
    if (from == null && !down && jql.updatedFrom() != null) from = new Order(jql.updatedFrom(), -1);
    var visible = world.now().minus(indexLag);
    var found = new ArrayList<Issue>();
    Order last = null;
    for (var each : (from == null ? all : all.tailMap(from, false)).entrySet()) {
      if (!down && each.getKey().at().isAfter(visible)) break;
      var issue = world.issue(each.getValue());
      if (!fits(jql, issue)) {
        if (down && jql.updatedFrom() != null && each.getKey().at().isBefore(jql.updatedFrom()))
          break;
        continue;
      }
      if (found.size() == limit) {
        // The place in the list, not the issue's time: it may have been edited since it was listed.
        return new Found(found, last);
      }
      found.add(issue);
      last = each.getKey();
    }
    return new Found(found, null);
  }

  /** Issues are born in the order of their ids, so this is the order of creation too. */
  private Found byId(Jql jql, @Nullable Order after, int limit) {
    boolean down = jql.order().endsWith("desc");
    int count = world.issueCount();
    var found = new ArrayList<Issue>();
    int first = after == null ? (down ? count - 1 : 0) : (int) after.id() + (down ? -1 : 1);
    for (int i = first; i >= 0 && i < count; i += down ? -1 : 1) {
      if (world.deleted(i) || !inProject(jql, i)) continue;
      var issue = world.issue(i);
      if (!fits(jql, issue)) continue;
      if (found.size() == limit) {
        return new Found(found, new Order(Instant.EPOCH, found.getLast().index()));
      }
      found.add(issue);
    }
    return new Found(found, null);
  }

  private boolean inProject(Jql jql, int index) {
    var project = world.moves().projectOf(index);
    if (world.visibility().hidden(project)) return false;
    return jql.projects().isEmpty()
        || jql.projects().stream().anyMatch(name -> named(project, name));
  }

  private static boolean named(Project project, String name) {
    return project.key().equals(name) || Long.toString(project.id()).equals(name);
  }

  private boolean fits(Jql jql, Issue issue) {
    return inProject(jql, issue.index())
        && (jql.updatedFrom() == null || !issue.updated().isBefore(jql.updatedFrom()))
        && (jql.updatedTo() == null || issue.updated().isBefore(jql.updatedTo()))
        && (jql.createdFrom() == null || !issue.created().isBefore(jql.createdFrom()))
        && (jql.afterId() == null || issue.id() > jql.afterId())
        && (jql.keys().isEmpty()
            || jql.keys().contains(issue.key().toUpperCase(Locale.ROOT))
            || jql.keys().contains(Long.toString(issue.id())));
  }
}
