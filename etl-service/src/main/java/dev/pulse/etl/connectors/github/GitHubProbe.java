package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.WalkedStream.PlannedWalk;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.connectors.WalkedStream.Reached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks a hundred repositories at once whether anything is new: how many pull requests and issues
 * there are, and when the newest was updated. A repository that says the same as before its last
 * walk is left alone.
 */
final class GitHubProbe {

  private static final int REPOSITORIES = 100;
  private static final long POINTS = 2;

  /** What was updated this recently may be updated again within the same second. */
  private static final Duration SETTLED = Duration.ofMinutes(5);

  private final GitHubClient client;
  private final Map<String, String> marks = new HashMap<>();
  private final Map<String, Long> pullRequests = new HashMap<>();
  private boolean asked;

  GitHubProbe(GitHubClient client) {
    this.client = client;
  }

  /** The walks of a stream: of repositories in which something is new, or that are not done yet. */
  List<PlannedWalk> plan(Planning planning, @Nullable Duration atLeastEvery)
      throws InterruptedException {
    var marks = marks(planning.scope());
    var walks = new ArrayList<PlannedWalk>();
    for (var repository : planning.scope()) {
      var mark = marks.get(repository.externalId());
      var reached = planning.reached(repository.externalId());
      if (!quiet(reached, mark, atLeastEvery, planning.now())) {
        walks.add(new PlannedWalk(Partition.of(repository), mark));
      }
    }
    return walks;
  }

  private static boolean quiet(
      Reached reached, @Nullable String mark, @Nullable Duration atLeastEvery, Instant now) {
    if (reached.open() || reached.completedAt() == null) return false;
    if (mark == null || !mark.equals(reached.mark())) return false;
    return atLeastEvery == null || reached.completedAt().isAfter(now.minus(atLeastEvery));
  }

  /** How many pull requests each repository has that answered. */
  synchronized Map<String, Long> pullRequests(List<ScopeElement> repositories)
      throws InterruptedException {
    marks(repositories);
    return Map.copyOf(pullRequests);
  }

  /** Asked once per run; the streams of a run share the answer. */
  private synchronized Map<String, String> marks(List<ScopeElement> repositories)
      throws InterruptedException {
    if (asked) return marks;
    for (int from = 0; from < repositories.size(); from += REPOSITORIES) {
      ask(repositories.subList(from, Math.min(from + REPOSITORIES, repositories.size())));
    }
    asked = true;
    return marks;
  }

  /** Too heavy is asked for by halves; a repository too heavy by itself is walked unprobed. */
  private void ask(List<ScopeElement> repositories) throws InterruptedException {
    var ids = repositories.stream().map(ScopeElement::externalId).toList();
    try {
      var reply = client.query(GitHubQuery.PROBE, Map.of("ids", ids), POINTS);
      for (var node : reply.json().path("nodes")) {
        var count = node.path("pullRequests").path("totalCount");
        if (count.isIntegralNumber()) {
          pullRequests.put(node.path("id").asString(""), count.asLong());
        }
        var mark = mark(node, reply.servedAt());
        if (mark != null) marks.put(node.path("id").asString(""), mark);
      }
    } catch (TooHeavy e) {
      if (ids.size() == 1) return;
      ask(repositories.subList(0, ids.size() / 2));
      ask(repositories.subList(ids.size() / 2, ids.size()));
    }
  }

  /**
   * Null if the repository did not answer, or not as documented, or is too lively for its answer to
   * be trusted: then it is walked.
   */
  private static @Nullable String mark(JsonNode node, Instant servedAt) {
    if (!node.isObject()) return null;
    try {
      var text = new StringJoiner(" ");
      for (var name : List.of("pullRequests", "issues")) {
        var list = node.path(name);
        var newest = GitHubJson.time(list.path("nodes").path(0), "updatedAt");
        if (newest != null && newest.isAfter(servedAt.minus(SETTLED))) return null;
        text.add(GitHubJson.requireNumber(list, "totalCount") + "@" + newest);
      }
      return text.toString();
    } catch (UnreadableRecord e) {
      return null;
    }
  }
}
