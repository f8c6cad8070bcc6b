package dev.pulse.etl.connectors.records;

import org.jspecify.annotations.Nullable;

/**
 * A status of a workflow.
 *
 * @param category TODO, IN_PROGRESS or DONE; null where the source does not say
 */
public record WorkStatus(
    String externalId, String name, @Nullable String category, @Nullable String projectId)
    implements SourceRecord {}
