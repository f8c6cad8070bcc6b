package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.OwedStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Page.OwedWork;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.AccessDenied;
import dev.pulse.etl.connectors.SourceFailure.PositionExpired;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.connectors.records.PullRequest;
import dev.pulse.etl.platform.json.SourceJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rest of a pull request's commits, reviews and events, where a page of pull requests holds
 * only the first. One pull request at a time: few are that long.
 */
final class GitHubPullChildren implements OwedStream {

  static final String NAME = "pull_request_children";
  private static final int AT_ONCE = 100;

  private final GitHubClient client;

  GitHubPullChildren(GitHubClient client) {
    this.client = client;
  }

  /** Which lists of a pull request go on, and from where, as the detail of a debt. */
  static Optional<String> rest(JsonNode pull) {
    var rest = SourceJson.MAPPER.createObjectNode();
    for (var list : GitHubPullReading.LISTS) {
      var info = pull.path(list).path("pageInfo");
      if (info.path("hasNextPage").asBoolean(false)) {
        rest.put(list, info.path("endCursor").asString(""));
      }
    }
    return rest.isEmpty() ? Optional.empty() : Optional.of(rest.toString());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String label() {
    return "commits, reviews and events of long pull requests";
  }

  @Override
  public PageSize pageSize() {
    return PageSize.fixed(1);
  }

  /**
   * Reads a pull request's lists from their beginning and as one page: what a force push took out
   * of a long list is only known from the whole of it, and a place in the old list is none in the
   * new.
   */
  @Override
  public Page read(List<Owed> batch, @Nullable Position position) throws InterruptedException {
    var owed = batch.getFirst();
    try {
      return whole(owed).page();
    } catch (AccessDenied e) {
      // hidden by now: it must not hold up the others, nor be forgotten, so it is owed anew
      return Page.servedAt(Instant.EPOCH)
          .setAside(owed.parentId(), e.getMessage(), SourceJson.MAPPER.readTree(owed.detail()))
          .owe(
              new OwedWork(
                  NAME, PullRequest.class, owed.parentId(), owed.partition(), owed.detail(), false))
          .last();
    }
  }

  private GitHubPullReading whole(Owed owed) throws InterruptedException {
    var reading = new GitHubPullReading(owed);
    int size = AT_ONCE;
    while (reading.goesOn()) {
      try {
        reading.add(client.query(GitHubQuery.PULL_CHILDREN, reading.variables(size), 1));
      } catch (TooHeavy e) {
        if (size == 1) throw e;
        size /= 2;
      } catch (PositionExpired e) {
        throw new SourceUnavailable("a list was rewritten while it was read", e);
      }
    }
    return reading;
  }

  @Override
  public void map(JsonNode raw, Partition partition, Page.Builder page) {
    GitHubPullMapper.children(raw, partition, page);
  }
}
