@NullMarked
package dev.pulse.etl.platform.budget;

import org.jspecify.annotations.NullMarked;
