/** Serves the dashboard. For now a shell: one page that says what is here. */
@org.jspecify.annotations.NullMarked
package dev.pulse.frontend;
