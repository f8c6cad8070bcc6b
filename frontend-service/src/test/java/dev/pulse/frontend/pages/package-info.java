@org.jspecify.annotations.NullMarked
package dev.pulse.frontend.pages;
