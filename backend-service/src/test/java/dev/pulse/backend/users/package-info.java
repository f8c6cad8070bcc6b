/** Tests of accounts. */
@org.jspecify.annotations.NullMarked
package dev.pulse.backend.users;
