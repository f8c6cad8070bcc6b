@NullMarked
package dev.pulse.etl.platform.secret;

import org.jspecify.annotations.NullMarked;
