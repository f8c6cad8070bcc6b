package dev.pulse.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done, as both services write it down.
 *
 * @param id of the service that wrote it
 * @param actor who did it, such as {@code user:7}
 * @param action what was done to which kind of thing, such as {@code job.start}
 * @param reason as the actor gave it, or why it was refused
 * @param before how it stood before; null if it was not there
 * @param after how it stood when the action was done; null if it is gone
 * @param requestId stands in the log too
 */
public record AuditEvent(
    long id,
    Instant at,
    String actor,
    String action,
    String targetKind,
    String targetId,
    @Nullable String reason,
    @Nullable Map<String, Object> before,
    @Nullable Map<String, Object> after,
    @Nullable String requestId) {}
