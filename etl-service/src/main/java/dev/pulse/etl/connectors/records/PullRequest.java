package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A proposed change of code.
 *
 * @param state OPEN, CLOSED or MERGED
 * @param labels JSON array of strings
 * @param extra JSON object of all other fields
 */
public record PullRequest(
    String externalId,
    String repositoryId,
    long number,
    String title,
    @Nullable String body,
    String state,
    boolean draft,
    @Nullable String authorId,
    String baseRef,
    String headRef,
    @Nullable String baseSha,
    @Nullable String headSha,
    @Nullable String mergeSha,
    @Nullable Integer additions,
    @Nullable Integer deletions,
    @Nullable Integer changedFiles,
    @Nullable Integer commitCount,
    @Nullable String mergedById,
    @Nullable String labels,
    Instant createdAt,
    @Nullable Instant sourceUpdatedAt,
    @Nullable Instant closedAt,
    @Nullable Instant mergedAt,
    @Nullable String url,
    @Nullable String extra)
    implements SourceRecord {
  @Override
  public @Nullable Instant updatedAt() {
    return sourceUpdatedAt;
  }
}
