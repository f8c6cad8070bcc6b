package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.WalkedStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** GraphQL's way from page to page. */
final class GitHubPosition {

  private GitHubPosition() {}

  static @Nullable String after(WalkedStream.Request request) {
    return request.position() == null ? null : request.position().value();
  }

  /** The page, followed by the one that a connection's {@code pageInfo} names. */
  static Page end(Page.Builder page, JsonNode connection) {
    var info = connection.path("pageInfo");
    var cursor = GitHubJson.text(info, "endCursor");
    return info.path("hasNextPage").asBoolean(false) && cursor != null
        ? page.next(new Position(cursor))
        : page.last();
  }
}
