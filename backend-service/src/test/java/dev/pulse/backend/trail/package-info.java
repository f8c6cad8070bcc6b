@org.jspecify.annotations.NullMarked
package dev.pulse.backend.trail;
