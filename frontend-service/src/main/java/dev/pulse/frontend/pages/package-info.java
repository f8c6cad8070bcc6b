/** The files of the dashboard, and what a browser is told to keep it from doing with them. */
@org.jspecify.annotations.NullMarked
package dev.pulse.frontend.pages;
