/**
 * The only way out to a source: requests with a deadline, to the connection's own origin, at
 * addresses that are allowed, with bounded answers.
 */
@NullMarked
package dev.pulse.etl.platform.http;

import org.jspecify.annotations.NullMarked;
