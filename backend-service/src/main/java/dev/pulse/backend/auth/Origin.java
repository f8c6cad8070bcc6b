package dev.pulse.backend.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From where somebody signs in.
 *
 * @param network what one subscriber is likely to own
 * @param deviceCookie what an earlier login from there has left
 */
record Origin(
    String address, String network, @Nullable String userAgent, Optional<String> deviceCookie) {}
