/** What a failure of Pulse's own database means. */
@NullMarked
package dev.pulse.etl.platform.database;

import org.jspecify.annotations.NullMarked;
