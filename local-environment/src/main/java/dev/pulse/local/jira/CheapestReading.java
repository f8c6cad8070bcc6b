package dev.pulse.local.jira;

import dev.pulse.local.FewestRequests;
import dev.pulse.local.world.Sprints;
import dev.pulse.local.world.World;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How few requests could read a site once: one search over all projects, histories in bulk, and of
 * comments and work only what a search does not embed.
 *
 * @see <a href="https://developer.atlassian.com/cloud/jira/platform/rest/v3/">Largest pages</a>
 */
final class CheapestReading {

  private static final int PROJECTS = 100;
  private static final int PEOPLE = 1_000;
  private static final int BOARDS = 50;
  private static final int ISSUES = 100;
  private static final int ISSUES_WITH_HISTORY = 1_000;
  private static final int CHANGES = 10_000;
  private static final int COMMENTS = 100;
  private static final int WORKLOGS_BY_ID = 1_000;

  private CheapestReading() {}

  /**
   * What issues take in all.
   *
   * @param commentPages of those whose comments a search cuts off
   * @param longWork those of which a search does not embed all work
   */
  private record Sum(long issues, long changes, long commentPages, long work, long longWork) {

    static final Sum NOTHING = new Sum(0, 0, 0, 0, 0);

    Sum and(Sum other) {
      return new Sum(
          issues + other.issues,
          changes + other.changes,
          commentPages + other.commentPages,
          work + other.work,
          longWork + other.longWork);
    }
  }

  static Map<String, Long> of(World world) {
    var projects = world.projects();
    var sum =
        IntStream.range(0, world.issueCount())
            .parallel()
            .filter(index -> !world.deleted(index))
            .mapToObj(index -> sum(world, index))
            .reduce(Sum.NOTHING, Sum::and);
    long histories =
        Math.max(
            FewestRequests.pages(sum.issues, ISSUES_WITH_HISTORY),
            FewestRequests.pages(sum.changes, CHANGES));
    // all work by its ids, which come with its changes; or the rest of each issue by itself
    long work = Math.min(sum.longWork, 2 * FewestRequests.pages(sum.work, WORKLOGS_BY_ID));
    // only a board's type says that it has no sprints, and only that of kanban does
    var sprints =
        projects.stream()
            .filter(each -> !Sprints.type(each).equals("kanban"))
            .mapToLong(each -> Math.max(1, world.sprints(each).size()));
    return new FewestRequests()
        .list("projects", projects.size(), PROJECTS)
        .of("fields", 1)
        .of("work_item_types", 1)
        .of("work_statuses", 1)
        .list("accounts", world.people().size(), PEOPLE)
        .lists("boards", LongStream.concat(LongStream.of(projects.size()), sprints), BOARDS)
        .of("worklog_changes", 2) // where what was changed and what was deleted stand
        .list("issues", sum.issues, ISSUES)
        .of("versions", projects.size())
        .of("changelog", histories)
        .of("comments", sum.commentPages)
        .of("worklogs", work)
        .byStream();
  }

  private static Sum sum(World world, int index) {
    var issue = world.issue(index);
    long comments = issue.comments().size();
    long work = world.work().on(issue).size();
    return new Sum(
        1,
        issue.changes().size(),
        comments > IssueFields.EMBEDDED ? FewestRequests.pages(comments, COMMENTS) : 0,
        work,
        work > IssueFields.EMBEDDED ? 1 : 0);
  }
}
