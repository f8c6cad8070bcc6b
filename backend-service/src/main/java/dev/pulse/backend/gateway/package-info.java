/**
 * The way to etl-service: what the table of routes lists is signed and passed on, under a prefix of
 * its own. Nothing of a request goes on but what is named here. May use all other packages but
 * {@code auth}; only {@code dashboard} and {@code trail} use it.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.gateway;
