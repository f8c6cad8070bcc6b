package dev.pulse.etl.connectors.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A period of time that a team plans work for.
 *
 * @param boardId the board it was made on; others may show it too
 * @param state FUTURE, ACTIVE or CLOSED
 * @param endsAt as planned; completedAt is when it was closed
 */
public record Sprint(
    String externalId,
    @Nullable String boardId,
    String name,
    @Nullable String goal,
    String state,
    @Nullable Instant startsAt,
    @Nullable Instant endsAt,
    @Nullable Instant completedAt)
    implements SourceRecord {}
