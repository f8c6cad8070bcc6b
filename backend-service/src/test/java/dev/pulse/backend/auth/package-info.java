/** Tests of signing in. */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.auth;
