/**
 * Who may do what: the one table of routes and permissions, and who the caller of a request is. It
 * knows nothing of how callers prove who they are. May use {@code platform}.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.access;
