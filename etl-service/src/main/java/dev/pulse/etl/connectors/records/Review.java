package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A review of a pull request.
 *
 * @param state APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED or PENDING
 */
public record Review(
    String externalId,
    String pullRequestId,
    @Nullable String authorId,
    String state,
    @Nullable String commitSha,
    @Nullable Instant submittedAt,
    @Nullable Instant sourceUpdatedAt)
    implements SourceRecord {
  @Override
  public @Nullable Instant updatedAt() {
    return sourceUpdatedAt;
  }
}
