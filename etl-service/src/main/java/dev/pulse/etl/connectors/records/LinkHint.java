package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something of another system that a record of this one points to.
 *
 * @param fromKind table of the record that points
 * @param kind how the hint came about, such as remote_link or dev_status
 * @param targetKind table of what it points to, where the source says so
 */
public record LinkHint(
    String externalId,
    String fromKind,
    String fromId,
    String kind,
    @Nullable String targetKind,
    @Nullable String targetId,
    @Nullable String url,
    @Nullable String text,
    @Nullable Instant sourceUpdatedAt)
    implements SourceRecord {
  @Override
  public @Nullable Instant updatedAt() {
    return sourceUpdatedAt;
  }
}
