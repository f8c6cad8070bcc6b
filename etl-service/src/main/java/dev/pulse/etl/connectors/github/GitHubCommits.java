package dev.pulse.etl.connectors.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.RequestRefused;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Commit;
import dev.pulse.etl.connectors.records.CommitParent;
import dev.pulse.etl.platform.json.SourceJson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The commits of default branches, with their parents.
 *
 * <p>The first walk of a repository reads the history of the newest commit, which never changes.
 * When the branch has moved, GitHub is asked which commits the newest has that the one before had
 * not: filtering by time would miss those that were made long before they were pushed or merged.
 */
final class GitHubCommits implements WalkedStream {

  private final GitHubClient client;
  private final GitHubProbe probe;

  /** Where each walk of this run begins. */
  private final Map<String, Ends> planned = new ConcurrentHashMap<>();

  GitHubCommits(GitHubClient client, GitHubProbe probe) {
    this.client = client;
    this.probe = probe;
  }

  /**
   * What a walk reads.
   *
   * @param head the newest commit; null = the probe did not learn it
   * @param base all that this commit has was read before; null = nothing was
   */
  private record Ends(@Nullable String head, @Nullable String base) {}

  /**
   * Where a walk stands.
   *
   * @param base as in the walk's ends; null = the history is read
   * @param after GitHub's cursor in the history
   * @param page number of the next page of the comparison
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Place(
      @Nullable String head,
      @Nullable String base,
      @Nullable String after,
      @Nullable Integer page) {

    static Place of(Position position) {
      try {
        return SourceJson.MAPPER.readValue(position.value(), Place.class);
      } catch (JacksonException e) {
        throw new PositionExpired(
            "a position that cannot be read: " + e.getOriginalMessage(), null);
      }
    }

    Position position() {
      return new Position(SourceJson.MAPPER.writeValueAsString(this));
    }
  }

  @Override
  public String name() {
    return "commits";
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(10, 100, 100);
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    var walks = probe.plan(planning, null, GitHubProbe.HEAD);
    for (var walk : walks) {
      var reached = planning.reached(walk.partition().id());
      var base = reached.open() ? null : reached.mark();
      planned.put(walk.partition().id(), new Ends(walk.mark(), base));
    }
    return walks;
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var position = request.position();
    if (position != null) {
      var place = Place.of(position);
      return place.base == null ? history(request, place) : rest(request, place);
    }
    var ends = planned.getOrDefault(request.partition().id(), new Ends(null, null));
    var head = ends.head;
    if (head == null) {
      var reply = client.query(GitHubQuery.HEAD, Map.of("id", request.partition().id()), 1);
      head =
          GitHubJson.text(
              present(reply, request.partition()).path("defaultBranchRef").path("target"), "oid");
      if (head == null) return Page.servedAt(reply.servedAt()).last(); // an empty repository
    }
    var whole = new Place(head, null, null, null);
    if (ends.base == null) return history(request, whole);
    try {
      return comparison(request, new Place(head, ends.base, null, 1));
    } catch (AccessDenied | RequestRefused | TooHeavy e) {
      // the commit before is gone since a force push, or there is too much between the two
      return history(request, whole);
    }
  }

  /** The commit before may be gone since the pages before were read: a walk outlives runs. */
  private Page rest(Request request, Place place) throws InterruptedException {
    try {
      return comparison(request, place);
    } catch (AccessDenied | RequestRefused | TooHeavy e) {
      throw new PositionExpired(
          "the comparison cannot go on: " + e.getMessage(),
          new Place(place.head, null, null, null).position());
    }
  }

  private static JsonNode present(GitHubClient.Reply reply, Partition repository) {
    var node = reply.json().path("node");
    if (node.isObject()) return node;
    throw new AccessDenied(
        repository.label() + " is absent or not visible to the token",
        "Give the token access to the repository.");
  }

  private Page history(Request request, Place place) throws InterruptedException {
    var variables = GitHubList.variables(request);
    variables.remove("after");
    variables.put("oid", place.head);
    if (place.after != null) variables.put("after", place.after);
    if (request.floor() != null && place.base == null) {
      variables.put("since", request.floor().toString());
    }
    var reply = client.query(GitHubQuery.COMMITS, variables, 1);
    present(reply, request.partition());
    var list = GitHubList.of(reply, "node", "object", "history");
    var page = Page.servedAt(reply.servedAt());
    mark(place, page);
    page.total(list.total());
    for (var commit : list.nodes()) {
      page.map(this, commit, request.partition(), commit.path("oid").asString("without hash"));
    }
    var next = list.next();
    return next == null
        ? page.last()
        : page.next(new Place(place.head, null, next, null).position());
  }

  private Page comparison(Request request, Place place) throws InterruptedException {
    int number = place.page == null ? 1 : place.page;
    var path =
        "repos/%s/compare/%s...%s?per_page=%d&page=%d"
            .formatted(
                request.partition().label(), place.base, place.head, pageSize().max(), number);
    var reply = client.get("compare", path);
    var commits = reply.json().path("commits");
    if (!commits.isArray()) {
      throw new SourceUnavailable("compare answered no list of commits", null);
    }
    var page = Page.servedAt(reply.servedAt());
    mark(place, page);
    for (var commit : commits) {
      page.map(this, commit, request.partition(), commit.path("sha").asString("without hash"));
    }
    return reply.more()
        ? page.next(new Place(place.head, place.base, null, number + 1).position())
        : page.last();
  }

  /** The next walk goes on from the commit that was read, whatever the probe knew of it. */
  private static void mark(Place place, Page.Builder page) {
    if (place.head != null) page.mark(place.head);
  }

  /** The two APIs write commits differently, and say the same. */
  @Override
  public void map(JsonNode raw, Partition repository, Page.Builder page) {
    if (raw.has("sha")) compared(raw, repository.id(), page);
    else listed(raw, repository.id(), page);
  }

  private static void listed(JsonNode raw, String repository, Page.Builder page) {
    var sha = GitHubJson.requireText(raw, "oid");
    var author = raw.path("author");
    page.add(
        new Commit(
            repository,
            sha,
            GitHubJson.text(raw, "message"),
            GitHubJson.text(author, "name"),
            GitHubJson.text(author, "email"),
            GitHubJson.account(author.path("user"), page),
            GitHubJson.time(raw, "authoredDate"),
            GitHubJson.time(raw, "committedDate")));
    parents(raw.path("parents").path("nodes"), "oid", sha, repository, page);
  }

  private static void compared(JsonNode raw, String repository, Page.Builder page) {
    var sha = GitHubJson.requireText(raw, "sha");
    var git = raw.path("commit");
    page.add(
        new Commit(
            repository,
            sha,
            GitHubJson.text(git, "message"),
            GitHubJson.text(git.path("author"), "name"),
            GitHubJson.text(git.path("author"), "email"),
            GitHubJson.account(raw.path("author"), "id", "type", page),
            GitHubJson.time(git.path("author"), "date"),
            GitHubJson.time(git.path("committer"), "date")));
    parents(raw.path("parents"), "sha", sha, repository, page);
  }

  private static void parents(
      JsonNode list, String name, String sha, String repository, Page.Builder page) {
    int position = 0;
    for (var parent : list) {
      var hash = GitHubJson.requireText(parent, name);
      page.add(new CommitParent(sha, repository, hash, position));
      position++;
    }
  }
}
