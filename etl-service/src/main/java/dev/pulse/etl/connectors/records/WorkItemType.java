package dev.pulse.etl.connectors.records;

import org.jspecify.annotations.Nullable;

/**
 * A type of work item, such as Bug.
 *
 * @param level 0 = ordinary, above = parents of it, -1 = part of one; null where the source has no
 *     levels
 */
public record WorkItemType(
    String externalId, String name, @Nullable Integer level, @Nullable String projectId)
    implements SourceRecord {}
