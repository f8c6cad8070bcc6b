/**
 * Who may ask this service: which addresses, which signatures, which permissions, and which
 * connections a caller sees. Without a file of keys nothing of it is asked, and the service listens
 * on the loopback address alone.
 */
@NullMarked
package dev.pulse.etl.platform.access;

import org.jspecify.annotations.NullMarked;
