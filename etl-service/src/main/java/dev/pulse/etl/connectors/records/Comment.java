package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A comment on a work item or pull request.
 *
 * @param parentKind {@code work_item} or {@code pull_request}
 * @param kind COMMENT, or REVIEW_COMMENT for one on a line of code
 * @param parentId external id of the parent; where the source tells only its number, {@link
 *     #parentNumber()} and the repository say which one it is
 * @param path file of a review comment
 */
public record Comment(
    String externalId,
    String parentKind,
    @Nullable String parentId,
    @Nullable String repositoryId,
    @Nullable Long parentNumber,
    String kind,
    @Nullable String reviewId,
    @Nullable String replyToId,
    @Nullable String path,
    @Nullable String authorId,
    @Nullable String body,
    @Nullable Instant createdAt,
    @Nullable Instant sourceUpdatedAt)
    implements SourceRecord {
  @Override
  public @Nullable Instant updatedAt() {
    return sourceUpdatedAt;
  }
}
