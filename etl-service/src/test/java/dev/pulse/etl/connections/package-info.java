@NullMarked
package dev.pulse.etl.connections;

import org.jspecify.annotations.NullMarked;
