/** What the PostgreSQL of a checkout promises. */
@NullMarked
package dev.pulse.local.postgres;

import org.jspecify.annotations.NullMarked;
