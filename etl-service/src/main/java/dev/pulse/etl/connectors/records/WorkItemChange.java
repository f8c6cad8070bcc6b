package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One field of a work item that changed once. Never changes itself.
 *
 * @param externalId unique in the connection, such as "history:index"
 * @param fieldId stable id of the field; null where the source gives only its name
 * @param fromId the old value's id, fromText its name then; likewise toId and toText
 */
public record WorkItemChange(
    String externalId,
    String workItemKind,
    String workItemId,
    String field,
    @Nullable String fieldId,
    @Nullable String fromId,
    @Nullable String fromText,
    @Nullable String toId,
    @Nullable String toText,
    @Nullable String authorId,
    Instant changedAt)
    implements SourceRecord {}
