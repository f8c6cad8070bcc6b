/**
 * What people did to Pulse: written with the change itself, and only ever appended to. May use
 * {@code platform} and {@code access}.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.audit;
