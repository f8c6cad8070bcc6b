package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One job of a build.
 *
 * @param state as of a build; result likewise
 */
public record BuildJob(
    String externalId,
    String buildId,
    int attempt,
    String name,
    String state,
    @Nullable String result,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String url)
    implements SourceRecord {}
