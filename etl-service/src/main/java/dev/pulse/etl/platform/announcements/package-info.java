/** Tells all nodes of the cluster at once that something changed, through the database. */
@NullMarked
package dev.pulse.etl.platform.announcements;

import org.jspecify.annotations.NullMarked;
