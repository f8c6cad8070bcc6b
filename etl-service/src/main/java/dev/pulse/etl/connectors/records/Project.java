package dev.pulse.etl.connectors.records;

import org.jspecify.annotations.Nullable;

/**
 * A project of a tracker.
 *
 * @param leadId account of the lead
 * @param extra JSON object
 */
public record Project(
    String externalId,
    String key,
    String name,
    @Nullable String kind,
    @Nullable String leadId,
    boolean archived,
    @Nullable String url,
    @Nullable String extra)
    implements SourceRecord {}
