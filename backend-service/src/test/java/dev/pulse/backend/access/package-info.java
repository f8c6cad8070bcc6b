/** Tests of who may do what. */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.access;
