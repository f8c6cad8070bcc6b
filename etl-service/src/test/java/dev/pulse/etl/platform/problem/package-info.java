@NullMarked
package dev.pulse.etl.platform.problem;

import org.jspecify.annotations.NullMarked;
