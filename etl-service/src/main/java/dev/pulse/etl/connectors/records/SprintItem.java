package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A work item that was in a sprint from one instant to another.
 *
 * @param externalId work item, sprint and time of adding, joined by colons
 * @param addedAt null if it was made in the sprint before its history begins
 * @param removedAt null while it is in the sprint
 */
public record SprintItem(
    String externalId,
    String sprintId,
    String workItemId,
    @Nullable Instant addedAt,
    @Nullable Instant removedAt)
    implements SourceRecord {}
