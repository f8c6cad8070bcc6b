package dev.pulse.etl.connectors.records;

import org.jspecify.annotations.Nullable;

/** The organisation or site a connection reads. */
public record Organization(String externalId, String login, String name, @Nullable String url)
    implements SourceRecord {}
