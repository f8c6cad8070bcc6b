/**
 * Serves the dashboard and hands its requests on to the gateway, so that a browser meets one origin
 * only.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.frontend;
