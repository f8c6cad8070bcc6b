/** The gateway, the only door to Pulse: it knows who asks, and what the asker may do. */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend;
