/**
 * The gateway, the only door to Pulse. For now a shell: it starts, says that it is healthy, and
 * routes nothing.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend;
