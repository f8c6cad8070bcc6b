/** What people did to Pulse: written with the change itself, and only ever appended to. */
@NullMarked
package dev.pulse.etl.platform.audit;

import org.jspecify.annotations.NullMarked;
