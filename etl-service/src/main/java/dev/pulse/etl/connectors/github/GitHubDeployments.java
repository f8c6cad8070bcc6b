package dev.pulse.etl.connectors.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Deployments with their statuses, from the newest creation down. One that is still on its way is
 * read by {@link GitHubOpenDeployments} until it has ended. A status that comes later, as when a
 * newer deployment takes an environment over, is found by walks that go further than to what is
 * new: a month down once a day, and to the first one once a week.
 */
final class GitHubDeployments implements WalkedStream {

  static final String NAME = "deployments";

  static final Duration AT_LEAST_EVERY = Duration.ofDays(1);

  static final List<GitHubLookBack.Tier> LOOK_BACK =
      List.of(
          new GitHubLookBack.Tier(Duration.ofDays(1), Duration.ofDays(31)),
          new GitHubLookBack.Tier(Duration.ofDays(6), null));

  private static final Duration OVERLAP = Duration.ofDays(1);

  private final GitHubClient client;
  private final GitHubProbe probe;
  private final GitHubLookBack lookBack;
  private final GitHubDeploymentFlags flags;

  GitHubDeployments(GitHubClient client, GitHubProbe probe, @Nullable Instant startFrom) {
    this.client = client;
    this.probe = probe;
    this.lookBack =
        new GitHubLookBack(probe, GitHubProbe.DEPLOYMENTS, AT_LEAST_EVERY, startFrom, LOOK_BACK);
    this.flags = new GitHubDeploymentFlags(client);
  }

  /**
   * Where a walk stands.
   *
   * @param from where it ends; null = at the first deployment
   * @param after GitHub's cursor
   * @param read how many deployments are newer than the place
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Place(@Nullable Instant from, @Nullable String after, int read) {

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
    return NAME;
  }

  @Override
  public PageSize pageSize() {
    return new PageSize(10, 100, 100);
  }

  @Override
  public Duration overlap() {
    return OVERLAP;
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    return lookBack.plan(planning);
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var repository = request.partition();
    require(probe, repository);
    var position = request.position();
    var place = position == null ? new Place(begin(request), null, 0) : Place.of(position);
    var variables = new HashMap<String, Object>();
    variables.put("id", repository.id());
    variables.put("first", request.pageSize());
    if (place.after != null) variables.put("after", place.after);
    var reply = client.query(GitHubQuery.DEPLOYMENTS, variables, 1);
    var list = GitHubList.ofRepository(reply, repository, "deployments");
    flags.add(list.nodes(), repository, place.read, request.pageSize());
    var page = Page.servedAt(reply.servedAt());
    if (place.after == null && place.from == null) page.total(list.total());
    list.map(this, request, page);
    for (var node : list.nodes()) {
      GitHubOpenDeployments.owe(node, repository, reply.servedAt(), page);
    }
    var next = place.from != null && reaches(place.from, list) ? null : list.next();
    return next == null
        ? page.last()
        : page.next(new Place(place.from, next, place.read + list.nodes().size()).position());
  }

  private @Nullable Instant begin(Request request) {
    var floor = lookBack.floor(request);
    return floor == null || floor.isBefore(Instant.EPOCH) ? null : floor;
  }

  /**
   * @throws AccessDenied if the token may not see the deployments of a repository
   */
  static void require(GitHubProbe probe, Partition repository) {
    if (!probe.denied(repository.id())) return;
    throw new AccessDenied(
        "the deployments of " + repository.label() + " are not visible to the token",
        "Give the token the right Deployments: read.");
  }

  /** A deployment whose time cannot be read stops nothing: it is set aside. */
  private static boolean reaches(Instant from, GitHubList list) {
    return list.nodes()
        .valueStream()
        .map(GitHubDeploymentMapper::began)
        .anyMatch(began -> began.isAfter(Instant.EPOCH) && began.isBefore(from));
  }

  @Override
  public void map(JsonNode raw, Partition repository, Page.Builder page) {
    GitHubDeploymentMapper.map(raw, repository, page);
  }
}
