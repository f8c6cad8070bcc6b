/** Tests of sessions and script tokens. */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.sessions;
