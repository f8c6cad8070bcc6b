package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A repository of code.
 *
 * @param name short name, fullName with its owner
 * @param extra JSON object
 */
public record Repository(
    String externalId,
    String name,
    String fullName,
    @Nullable String defaultBranch,
    boolean isPrivate,
    boolean archived,
    boolean fork,
    @Nullable String language,
    @Nullable Instant createdAt,
    @Nullable Instant pushedAt,
    @Nullable String url,
    @Nullable String extra)
    implements SourceRecord {}
