package dev.pulse.etl.connectors.records;

import org.jspecify.annotations.Nullable;

/**
 * A person, bot or app as one source knows it.
 *
 * @param kind USER, BOT or APP
 * @param email null where the source hides it
 * @param active false once the account is closed; null where the source does not say
 * @param extra JSON object
 */
public record Account(
    String externalId,
    @Nullable String login,
    @Nullable String name,
    @Nullable String email,
    String kind,
    @Nullable Boolean active,
    @Nullable String extra)
    implements SourceRecord {}
