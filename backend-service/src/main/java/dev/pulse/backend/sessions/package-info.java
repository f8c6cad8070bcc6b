/**
 * What proves who a caller is after signing in: sessions of browsers, and tokens of scripts. May
 * use {@code platform}, {@code access}, {@code audit} and {@code users}.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.sessions;
