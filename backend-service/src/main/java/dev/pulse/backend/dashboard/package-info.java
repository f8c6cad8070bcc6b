/**
 * What the first page of the dashboard shows, put together from both services. May use {@code
 * platform}, {@code access}, {@code sessions} and {@code gateway}; nobody uses it.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.dashboard;
