package dev.pulse.backend.sessions;

import java.time.Instant;

/**
 * A browser that is signed in.
 *
 * @param device what the browser says it is
 * @param expiresAt however much it is used
 * @param generation how often its refresh token was replaced
 */
public record Session(
    String id,
    long userId,
    String device,
    String address,
    Instant createdAt,
    Instant lastUsedAt,
    Instant expiresAt,
    long generation) {}
