package dev.pulse.etl.connectors.records;

import org.jspecify.annotations.Nullable;

/**
 * A relation that the source itself keeps between two work items, told from the side of one of
 * them.
 *
 * @param kind as read from this side, such as "blocks" or "is blocked by"
 * @param otherId external id of the other work item; null if the source tells only its key
 */
public record ItemRelation(
    String externalId,
    String workItemId,
    String kind,
    @Nullable String otherId,
    @Nullable String otherKey)
    implements SourceRecord {}
