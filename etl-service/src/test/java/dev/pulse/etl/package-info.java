@NullMarked
package dev.pulse.etl;

import org.jspecify.annotations.NullMarked;
