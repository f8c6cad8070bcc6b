package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A commit, keyed by its repository and hash.
 *
 * @param externalId the hash
 */
public record Commit(
    String repositoryId,
    String externalId,
    @Nullable String message,
    @Nullable String authorName,
    @Nullable String authorEmail,
    @Nullable String authorId,
    @Nullable Instant authoredAt,
    @Nullable Instant committedAt)
    implements SourceRecord {}
