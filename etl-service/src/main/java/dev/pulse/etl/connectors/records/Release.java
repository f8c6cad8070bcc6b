package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a product: planned, under way or out.
 *
 * @param kind version (of a tracker), release (of a repository or product), milestone (of the
 *     issues of a repository)
 * @param projectId the project, or the repository whose issues it is for
 * @param target branch or commit that the tag was made from
 * @param state PLANNED, RELEASED, ARCHIVED, DRAFT or PRERELEASE
 * @param extra JSON object
 */
public record Release(
    String externalId,
    String kind,
    @Nullable String projectId,
    @Nullable String repositoryId,
    String name,
    @Nullable String tag,
    @Nullable String target,
    @Nullable String description,
    @Nullable String state,
    @Nullable Instant createdAt,
    @Nullable String startsOn,
    @Nullable String dueOn,
    @Nullable Instant releasedAt,
    @Nullable Instant sourceUpdatedAt,
    @Nullable String url,
    @Nullable String extra)
    implements SourceRecord {
  @Override
  public @Nullable Instant updatedAt() {
    return sourceUpdatedAt;
  }
}
