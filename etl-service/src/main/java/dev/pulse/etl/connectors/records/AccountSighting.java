package dev.pulse.etl.connectors.records;

import org.jspecify.annotations.Nullable;

/**
 * An account met in passing, as the author of something: less than {@link Account} tells, so it
 * fills an account that is not known yet and never overwrites one that was read in full.
 *
 * @param kind USER, BOT or APP
 */
public record AccountSighting(
    String externalId, @Nullable String login, @Nullable String name, String kind)
    implements SourceRecord {}
