/**
 * What people did to Pulse, wherever it was written down: the audits of both services as one. May
 * use {@code platform}, {@code access}, {@code audit} and {@code gateway}; nobody uses it.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.trail;
