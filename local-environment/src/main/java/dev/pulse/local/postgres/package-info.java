/** An embedded PostgreSQL. */
@NullMarked
package dev.pulse.local.postgres;

import org.jspecify.annotations.NullMarked;
