package dev.pulse.local.world;

import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the organisation has, in the order of its last update. */
public final class ByUpdate {

  private final NavigableMap<Order, Integer> issues = new ConcurrentSkipListMap<>();
  private final List<NavigableMap<Order, Integer>> pulls;
  private final List<NavigableMap<Order, Integer>> comments;

  ByUpdate(int repositories) {
    this.pulls = empty(repositories);
    this.comments = empty(repositories);
  }

  public NavigableMap<Order, Integer> issues() {
    return issues;
  }

  public NavigableMap<Order, Integer> pulls(Repository repository) {
    return pulls.get(repository.index());
  }

  /** The value is the pull request. */
  public NavigableMap<Order, Integer> comments(Repository repository) {
    return comments.get(repository.index());
  }

  void add(Issue issue) {
    issues.put(new Order(issue.updated(), issue.index()), issue.index());
  }

  void remove(Issue issue) {
    issues.remove(new Order(issue.updated(), issue.index()));
  }

  void add(PullRequest pull) {
    pulls(pull.repository()).put(new Order(pull.updated(), pull.index()), pull.index());
    for (var comment : pull.comments()) {
      comments(pull.repository()).put(place(comment), pull.index());
    }
  }

  /** Moves an issue to where it belongs now; at no moment is it in no place at all. */
  void replace(Issue before, Issue now) {
    add(now);
    if (!before.updated().equals(now.updated())) remove(before);
  }

  /** Likewise, with the comments. */
  void replace(PullRequest before, PullRequest now) {
    add(now);
    if (!before.updated().equals(now.updated())) {
      pulls(now.repository()).remove(new Order(before.updated(), before.index()));
    }
    var current = now.comments().stream().map(ByUpdate::place).collect(Collectors.toSet());
    for (var comment : before.comments()) {
      if (!current.contains(place(comment))) comments(now.repository()).remove(place(comment));
    }
  }

  private static Order place(PullRequest.Comment comment) {
    return new Order(comment.updated(), comment.databaseId());
  }

  private static List<NavigableMap<Order, Integer>> empty(int count) {
    return IntStream.range(0, count)
        .<NavigableMap<Order, Integer>>mapToObj(i -> new ConcurrentSkipListMap<>())
        .toList();
  }
}
