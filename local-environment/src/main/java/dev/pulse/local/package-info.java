/**
 * What stands around Pulse on your own machine: simulated sources in one process, and a PostgreSQL.
 * Never part of a production image.
 */
@NullMarked
package dev.pulse.local;

import org.jspecify.annotations.NullMarked;
