package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version that was brought to an environment, or was to be.
 *
 * @param production what the source says; null if it says nothing
 * @param extra JSON object
 */
public record Deployment(
    String externalId,
    @Nullable String repositoryId,
    String environment,
    @Nullable Boolean production,
    @Nullable String commitSha,
    @Nullable String ref,
    @Nullable String task,
    @Nullable String creatorId,
    Instant createdAt,
    @Nullable Instant sourceUpdatedAt,
    @Nullable String url,
    @Nullable String extra)
    implements SourceRecord {
  @Override
  public @Nullable Instant updatedAt() {
    return sourceUpdatedAt;
  }
}
