package dev.pulse.etl.connectors.records;

import org.jspecify.annotations.Nullable;

/**
 * An account that belongs to a team.
 *
 * @param externalId the account
 */
public record TeamMember(String externalId, String teamId, @Nullable String role)
    implements SourceRecord {}
