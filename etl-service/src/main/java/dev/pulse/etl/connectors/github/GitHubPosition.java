package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
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
    var more = info.path("hasNextPage");
    var cursor = GitHubJson.text(info, "endCursor");
    if (!connection.path("nodes").isArray() || !more.isBoolean()) {
      throw new SourceUnavailable("GitHub answered a list without its items or its end", null);
    }
    if (!more.asBoolean()) return page.last();
    if (cursor == null || cursor.isEmpty()) {
      throw new SourceUnavailable("GitHub has more of a list, and does not say where", null);
    }
    return page.next(new Position(cursor));
  }
}
