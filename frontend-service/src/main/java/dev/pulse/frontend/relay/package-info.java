/** The way to the gateway: {@code /api} and nothing else. */
@org.jspecify.annotations.NullMarked
package dev.pulse.frontend.relay;
