package dev.pulse.etl.connectors.github;

import static java.util.stream.Collectors.joining;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Asks a hundred repositories at once whether anything is new: how many pull requests, issues,
 * milestones and releases there are, when the newest was updated, and where the default branch
 * stands. A repository that says the same as before its last walk is left alone.
 */
final class GitHubProbe {

  private static final int REPOSITORIES = 100;

  /** Lists whose state tells whether pull requests, issues and comments have moved. */
  static final List<String> CONVERSATIONS = List.of("pullRequests", "issues");

  static final List<String> RELEASES = List.of("releases");

  static final List<String> DEPLOYMENTS = List.of("deployments");

  /** Whatever makes workflows run that may follow from it; not a schedule, nor a wish. */
  static final List<String> ACTIVITY = List.of("pushed", "pullRequests", "issues", "releases");

  static final List<String> MILESTONES = List.of("milestones");

  /** The newest commit of the default branch. */
  static final List<String> HEAD = List.of("head");

  /** State of the issues of a repository that keeps none. */
  static final String SWITCHED_OFF = "off";

  /** What was updated this recently may be updated again within the same second. */
  private static final Duration SETTLED = Duration.ofMinutes(5);

  private static final Logger log = LoggerFactory.getLogger(GitHubProbe.class);

  private final GitHubClient client;
  private final GitHubQuery query;
  private final List<String> lists;
  private final Map<String, Map<String, String>> states = new HashMap<>();
  private final Map<String, Map<String, Long>> counts = new HashMap<>();
  private final Set<String> denied = new HashSet<>();
  private boolean asked;

  GitHubProbe(GitHubClient client) {
    this(client, GitHubQuery.PROBE, List.of("pullRequests", "issues", "milestones", "releases"));
  }

  private GitHubProbe(GitHubClient client, GitHubQuery query, List<String> lists) {
    this.client = client;
    this.query = query;
    this.lists = lists;
  }

  /** Asks by itself for what needs a right of its own, whose lack would hide all the rest. */
  static GitHubProbe ofDeployments(GitHubClient client) {
    return new GitHubProbe(client, GitHubQuery.DEPLOYMENT_PROBE, DEPLOYMENTS);
  }

  /**
   * The walks of a stream: of repositories in which something is new, or that are not done yet.
   *
   * @param lists those that tell whether something is new
   */
  List<PlannedWalk> plan(Planning planning, @Nullable Duration atLeastEvery, List<String> lists)
      throws InterruptedException {
    var states = states(planning.scope());
    var walks = new ArrayList<PlannedWalk>();
    for (var repository : planning.scope()) {
      var mark = mark(states.getOrDefault(repository.externalId(), Map.of()), lists);
      var reached = planning.reached(repository.externalId());
      if (!quiet(reached, mark, atLeastEvery, planning.now())) {
        walks.add(new PlannedWalk(Partition.of(repository), mark));
      }
    }
    return walks;
  }

  /** What some lists said, by repository; left out where one of them is unknown. */
  synchronized Map<String, String> marks(List<ScopeElement> repositories, List<String> lists)
      throws InterruptedException {
    var marks = new HashMap<String, String>();
    states(repositories)
        .forEach(
            (id, said) -> {
              var mark = mark(said, lists);
              if (mark != null) marks.put(id, mark);
            });
    return marks;
  }

  /** Whether GitHub said that the token may not see what was asked of a repository. */
  synchronized boolean denied(String repository) {
    return denied.contains(repository);
  }

  /** Null if a list is unknown: then the repository is walked. */
  private static @Nullable String mark(Map<String, String> states, List<String> lists) {
    if (!states.keySet().containsAll(lists)) return null;
    return lists.stream().map(states::get).collect(joining(" "));
  }

  private static boolean quiet(
      Reached reached, @Nullable String mark, @Nullable Duration atLeastEvery, Instant now) {
    if (reached.open() || reached.completedAt() == null) return false;
    if (mark == null || !mark.equals(reached.mark())) return false;
    return atLeastEvery == null || reached.completedAt().isAfter(now.minus(atLeastEvery));
  }

  /** How many entries a list has in each repository that answered. */
  synchronized Map<String, Long> counts(String list, List<ScopeElement> repositories)
      throws InterruptedException {
    states(repositories);
    return Map.copyOf(counts.getOrDefault(list, Map.of()));
  }

  /** What is known of a list in each repository, if anything is that can be trusted. */
  Map<String, String> known(String list, List<ScopeElement> repositories)
      throws InterruptedException {
    var known = new HashMap<String, String>();
    states(repositories)
        .forEach(
            (repository, states) -> {
              var state = states.get(list);
              if (state != null) known.put(repository, state);
            });
    return known;
  }

  /** Asked once per run; the streams of a run share the answer. */
  private synchronized Map<String, Map<String, String>> states(List<ScopeElement> repositories)
      throws InterruptedException {
    if (asked) return states;
    for (int from = 0; from < repositories.size(); from += REPOSITORIES) {
      ask(repositories.subList(from, Math.min(from + REPOSITORIES, repositories.size())));
    }
    asked = true;
    return states;
  }

  /** Too heavy is asked for by halves; a repository too heavy by itself is walked unprobed. */
  private void ask(List<ScopeElement> repositories) throws InterruptedException {
    var ids = repositories.stream().map(ScopeElement::externalId).toList();
    try {
      var reply = client.query(query, Map.of("ids", ids), lists.size());
      note(ids, reply);
      for (var node : reply.json().path("nodes")) {
        for (var list : lists) count(list, node);
        states.put(node.path("id").asString(""), states(node, reply.servedAt()));
      }
    } catch (TooHeavy e) {
      if (ids.size() == 1) return;
      ask(repositories.subList(0, ids.size() / 2));
      ask(repositories.subList(ids.size() / 2, ids.size()));
    }
  }

  private void note(List<String> ids, GitHubClient.Reply reply) {
    for (int i = 0; i < ids.size(); i++) {
      boolean refused =
          Withheld.below(List.of("nodes", String.valueOf(i)), reply.withheld()).stream()
              .anyMatch(part -> !part.type().equals("NOT_FOUND"));
      if (refused && !reply.json().path("nodes").path(i).isObject()) denied.add(ids.get(i));
    }
  }

  private void count(String list, JsonNode node) {
    var count = node.path(list).path("totalCount");
    if (!count.isIntegralNumber()) return;
    counts
        .computeIfAbsent(list, name -> new HashMap<>())
        .put(node.path("id").asString(""), count.asLong());
  }

  /**
   * Left out is what did not answer, or not as documented, or is too lively for its answer to be
   * trusted.
   */
  private Map<String, String> states(JsonNode node, Instant servedAt) {
    var states = new HashMap<String, String>();
    for (var name : lists) {
      try {
        var list = node.path(name);
        var newest = GitHubJson.time(list.path("nodes").path(0), "updatedAt");
        if (newest != null && newest.isAfter(servedAt.minus(SETTLED))) continue;
        states.put(name, GitHubJson.requireNumber(list, "totalCount") + "@" + newest);
      } catch (UnreadableRecord e) {
        log.debug("The probe learned nothing of {}: {}", name, e.getMessage());
      }
    }
    if (isSwitchedOff(node)) states.put("issues", SWITCHED_OFF);
    var head = GitHubJson.text(node.path("defaultBranchRef").path("target"), "oid");
    if (head != null) states.put("head", head);
    var pushed = pushed(node);
    if (pushed != null && !pushed.isAfter(servedAt.minus(SETTLED))) {
      states.put("pushed", pushed.toString());
    }
    return states;
  }

  private static @Nullable Instant pushed(JsonNode node) {
    try {
      return GitHubJson.time(node, "pushedAt");
    } catch (UnreadableRecord e) {
      log.debug("The probe learned nothing of pushes: {}", e.getMessage());
      return null;
    }
  }

  /** Whether a repository keeps no issues: those that it had are hidden until it does again. */
  static boolean isSwitchedOff(JsonNode repository) {
    var enabled = repository.path("hasIssuesEnabled");
    return enabled.isBoolean() && !enabled.asBoolean();
  }
}
