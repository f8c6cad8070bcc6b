/** Tests of how often somebody may ask. */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.limits;
