/** Tests of what every request meets. */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.platform;
