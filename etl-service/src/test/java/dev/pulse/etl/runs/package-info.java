@NullMarked
package dev.pulse.etl.runs;

import org.jspecify.annotations.NullMarked;
