/** This node's own log files: which there are, what their end says, and how they are cleaned up. */
@NullMarked
package dev.pulse.etl.platform.logs;

import org.jspecify.annotations.NullMarked;
