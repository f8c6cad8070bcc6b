/** Secret values and how they are sealed in the database. */
@NullMarked
package dev.pulse.etl.platform.secret;

import org.jspecify.annotations.NullMarked;
