package dev.pulse.etl.connectors.records;

import org.jspecify.annotations.Nullable;

/**
 * A field that work items can have.
 *
 * @param type in the source's words, such as {@code number} or {@code array:option}
 */
public record Field(
    String externalId, String key, String name, @Nullable String type, boolean custom)
    implements SourceRecord {}
