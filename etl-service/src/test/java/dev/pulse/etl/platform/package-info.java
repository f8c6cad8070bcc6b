@NullMarked
package dev.pulse.etl.platform;

import org.jspecify.annotations.NullMarked;
