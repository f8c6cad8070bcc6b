/**
 * The people who use Pulse: their accounts, passwords and the links by which they choose one. May
 * use {@code platform}, {@code access} and {@code audit}. Who ends sessions learns of it by {@link
 * dev.pulse.backend.users.AccessWithdrawn}.
 */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.users;
