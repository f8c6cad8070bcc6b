package dev.pulse.local.github;

import dev.pulse.local.world.CodeIssue;
import dev.pulse.local.world.CodeIssue.Event;
import dev.pulse.local.world.CodeIssue.Target;
import dev.pulse.local.world.CodeIssues;
import dev.pulse.local.world.PullRequest.Comment;
import dev.pulse.local.world.Repository;
import dev.pulse.local.world.Shelf.Placed;
import dev.pulse.local.world.Shelf.Sort;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The issues of repositories: page by page, one by one, and what was said on them. */
final class IssuePages {
  private static final long FIRST_ISSUE = 900_000_000L;

  private final Hub hub;
  private final CodeIssues issues;

  IssuePages(Hub hub) {
    this.hub = hub;
    this.issues = hub.issues();
  }

  /** A comment and the issue that it is on. */
  record Said(CodeIssue issue, Comment comment) {}

  /** The page that the arguments of an issues field ask for. */
  Connection<Placed> page(Repository repository, DataFetchingEnvironment env) {
    Map<String, Object> filter = env.getArgumentOrDefault("filterBy", Map.of());
    Map<String, Object> order = env.getArgumentOrDefault("orderBy", Map.of());
    Object since = filter.get("since");
    boolean byUpdate = "UPDATED_AT".equals(order.get("field"));
    boolean descending = "DESC".equals(order.get("direction"));
    Sort sort = byUpdate ? descending ? Sort.NEWEST_FIRST : Sort.OLDEST_FIRST : Sort.ID;
    List<Placed> rows =
        issues.places(repository, since == null ? null : Instant.parse(since.toString()), sort);
    if (sort == Sort.ID && descending) {
      rows = rows.reversed();
    }
    List<String> states = states(filter, env);
    if (states != null) {
      rows = rows.stream().filter(row -> states.contains(state(issue(row)))).toList();
    }
    return Connection.of(rows, CursorKeys.byOrder(Placed::order, descending), this::issue, env);
  }

  /** The issue of this id, if it is still in its repository and the repository shows issues. */
  Optional<CodeIssue> find(long repositoryId, long id) {
    long index = id - FIRST_ISSUE;
    return hub.repository(repositoryId)
        .filter(row -> !issues.switchedOff(row))
        .filter(_ -> index >= 0 && index < issues.count() && !issues.gone((int) index))
        .map(_ -> issues.issue((int) index))
        .filter(issue -> issue.repository().databaseId() == repositoryId);
  }

  /** The issue of this index, likewise. */
  Optional<CodeIssue> at(int index) {
    CodeIssue issue = issues.issue(index);
    return find(issue.repository().databaseId(), issue.databaseId());
  }

  /** What happened to an issue; that another one mentioned it is not told once that is gone. */
  List<Event> timeline(CodeIssue issue) {
    return issue.events().stream().filter(event -> !mentionedByNone(event)).toList();
  }

  private boolean mentionedByNone(Event event) {
    Target by = event.target();
    return event.type().equals("CrossReferencedEvent")
        && by != null
        && by.kind() == CodeIssue.Kind.ISSUE
        && at(by.index()).isEmpty();
  }

  /** Comments on issues of a repository that were written or edited since. */
  List<Said> said(Repository repository, Instant since) {
    List<Said> all = new ArrayList<>();
    for (Placed row : issues.places(repository, since, Sort.OLDEST_FIRST)) {
      CodeIssue issue = issue(row);
      for (Comment comment : issue.comments()) {
        if (!comment.updated().isBefore(since)) {
          all.add(new Said(issue, comment));
        }
      }
    }
    return all;
  }

  static String state(CodeIssue issue) {
    return issue.open() ? "OPEN" : "CLOSED";
  }

  private CodeIssue issue(Placed row) {
    return issues.issue(row.index());
  }

  @SuppressWarnings("unchecked") // the schema says that it is a list of names
  private static @Nullable List<String> states(
      Map<String, Object> filter, DataFetchingEnvironment env) {
    List<String> asked = env.getArgument("states");
    return asked == null ? (List<String>) filter.get("states") : asked;
  }
}
