package dev.pulse.etl.connectors.records;

import org.jspecify.annotations.Nullable;

/**
 * A team of accounts, as the source knows it.
 *
 * @param key what its address holds, such as a slug
 * @param extra JSON object
 */
public record Team(
    String externalId,
    @Nullable String key,
    String name,
    @Nullable String parentId,
    @Nullable String url,
    @Nullable String extra)
    implements SourceRecord {}
