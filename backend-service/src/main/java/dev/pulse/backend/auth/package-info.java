/**
 * The way in: signing in and out, the tokens that prove it, and the filters that every request
 * passes. May use all other packages but {@code gateway}.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.auth;
