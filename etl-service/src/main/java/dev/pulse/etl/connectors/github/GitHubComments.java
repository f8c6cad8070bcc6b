package dev.pulse.etl.connectors.github;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.UnreadableRecord;
import dev.pulse.etl.connectors.WalkedStream;
import dev.pulse.etl.connectors.records.Comment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Comments of a whole repository, by time of update, a hundred a request. The next page is asked
 * for by the time of the last comment, not by its number, so nothing moves between pages.
 *
 * <p>A new comment updates its pull request, which the probe sees; an edit of one may not, so every
 * repository is read at least once a day.
 */
final class GitHubComments implements WalkedStream {

  private static final Duration OVERLAP = Duration.ofMinutes(5);
  private static final Duration AT_LEAST_EVERY = Duration.ofHours(24);
  private static final Pattern OF_PULL = Pattern.compile("/pull/\\d+(#.*)?$");
  private static final Pattern NUMBER = Pattern.compile("/(pulls|issues)/(\\d{1,15})$");

  private final GitHubClient client;
  private final GitHubProbe probe;
  private final boolean onCode;

  /**
   * One of the two kinds of comments.
   *
   * @param onCode those on lines of code; else those on a pull request or issue as a whole
   */
  GitHubComments(GitHubClient client, GitHubProbe probe, boolean onCode) {
    this.client = client;
    this.probe = probe;
    this.onCode = onCode;
  }

  @Override
  public String name() {
    return onCode ? "review_comments" : "issue_comments";
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
  public boolean ascending() {
    return true;
  }

  @Override
  public List<PlannedWalk> plan(Planning planning) throws InterruptedException {
    return probe.plan(planning, AT_LEAST_EVERY, GitHubProbe.CONVERSATIONS);
  }

  /**
   * Where a walk stands: {@code read} comments after the first of those updated at or after {@code
   * since}. It only rises above 0 where more comments than a page holds bear the same time. It is a
   * count and not a page's number, because the size of a page changes.
   */
  private record Place(@Nullable Instant since, int read) {

    static Place of(Request request) {
      var position = request.position();
      if (position == null) return new Place(request.floor(), 0);
      var parts = position.value().split(" ", 2);
      var since = parts[0].equals("-") ? null : Instant.parse(parts[0]);
      return new Place(since, Integer.parseInt(parts[1]));
    }

    /** The page that begins here, or a little before. */
    int page(int size) {
      return read / size + 1;
    }

    Place after(@Nullable Instant last, int size) {
      boolean moves = last != null && (since == null || last.isAfter(since));
      return moves ? new Place(last, 0) : new Place(since, page(size) * size);
    }

    Position position() {
      return new Position((since == null ? "-" : since.toString()) + " " + read);
    }
  }

  @Override
  public Page read(Request request) throws InterruptedException {
    var at = Place.of(request);
    var path =
        "repos/%s/%s/comments?sort=updated&direction=asc&per_page=%d&page=%d%s"
            .formatted(
                request.partition().label(),
                onCode ? "pulls" : "issues",
                request.pageSize(),
                at.page(request.pageSize()),
                at.since == null ? "" : "&since=" + at.since);
    var reply = client.get(name(), path);
    if (!reply.json().isArray()) {
      throw new SourceUnavailable(name() + " answered no list of comments", null);
    }
    var page = Page.servedAt(reply.servedAt());
    Instant last = null;
    for (var comment : reply.json()) {
      page.map(this, comment, request.partition(), comment.path("id").asString("without id"));
      last = later(last, comment, reply.servedAt());
    }
    return reply.more() ? page.next(at.after(last, request.pageSize()).position()) : page.last();
  }

  @Override
  public void map(JsonNode raw, Partition repository, Page.Builder page) {
    map(raw, repository, onCode, page);
  }

  static void map(JsonNode raw, Partition repository, boolean onCode, Page.Builder page) {
    var updated = GitHubJson.requireTime(raw, "updated_at");
    var parent =
        NUMBER.matcher(GitHubJson.requireText(raw, onCode ? "pull_request_url" : "issue_url"));
    if (!parent.find()) throw new UnreadableRecord("the address of the parent has no number");
    boolean ofPull = onCode || OF_PULL.matcher(raw.path("html_url").asString("")).find();
    page.seen(updated);
    page.add(
        new Comment(
            GitHubJson.requireText(raw, "id"),
            ofPull ? "pull_request" : "work_item",
            null,
            repository.id(),
            Long.parseLong(parent.group(2)),
            onCode ? "REVIEW_COMMENT" : "COMMENT",
            GitHubJson.text(raw, "pull_request_review_id"),
            GitHubJson.text(raw, "in_reply_to_id"),
            GitHubJson.text(raw, "path"),
            GitHubJson.account(raw.path("user"), "id", "type", page),
            GitHubJson.text(raw, "body"),
            GitHubJson.time(raw, "created_at"),
            updated));
  }

  /**
   * A time that cannot be read moves nothing: its record is set aside anyway. Nor does one in the
   * future: no comment would be found after it.
   */
  private static @Nullable Instant later(@Nullable Instant last, JsonNode comment, Instant now) {
    try {
      var updated = GitHubJson.time(comment, "updated_at");
      if (updated != null && updated.isAfter(now.plus(OVERLAP))) return last;
      return updated == null || (last != null && last.isAfter(updated)) ? last : updated;
    } catch (UnreadableRecord e) {
      return last;
    }
  }
}
