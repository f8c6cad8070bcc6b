package dev.pulse.local.world;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pull request as it is now, with its whole past.
 *
 * @param replaced commits that a force push took out of it
 */
public record PullRequest(
    int index,
    long databaseId,
    Repository repository,
    int number,
    String title,
    String body,
    String state,
    boolean draft,
    Person author,
    String headRef,
    String headSha,
    String baseSha,
    @Nullable String mergeSha,
    int additions,
    int deletions,
    int changedFiles,
    List<String> labels,
    Instant created,
    Instant updated,
    @Nullable Instant closed,
    @Nullable Instant merged,
    @Nullable Person mergedBy,
    List<Commit> commits,
    List<Review> reviews,
    List<Event> events,
    List<Comment> comments,
    List<String> replaced) {

  /**
   * A commit.
   *
   * @param parents the first one first
   */
  public record Commit(
      String sha, Person author, String message, Instant authored, List<String> parents) {}

  public record Review(
      long databaseId, Person author, String state, Instant submitted, String commitSha) {}

  /** An event of the timeline; {@code type} is GitHub's name of it. */
  public record Event(String id, String type, Person actor, Instant at, @Nullable Person subject)
      implements TimelineEvent {}

  /**
   * A comment.
   *
   * @param path file it is on; null = on the pull request as a whole
   * @param review the review it is part of, which every comment on code is
   */
  public record Comment(
      long databaseId,
      Person author,
      String body,
      @Nullable String path,
      @Nullable Review review,
      Instant created,
      Instant updated) {}
}
