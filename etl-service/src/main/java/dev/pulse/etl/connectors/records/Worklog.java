package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Time that somebody spent on a work item. */
public record Worklog(
    String externalId,
    String workItemId,
    @Nullable String authorId,
    Instant startedAt,
    long seconds,
    @Nullable String body,
    @Nullable Instant createdAt,
    @Nullable Instant sourceUpdatedAt)
    implements SourceRecord {
  @Override
  public @Nullable Instant updatedAt() {
    return sourceUpdatedAt;
  }
}
