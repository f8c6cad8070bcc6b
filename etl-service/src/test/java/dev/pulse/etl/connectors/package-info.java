@NullMarked
package dev.pulse.etl.connectors;

import org.jspecify.annotations.NullMarked;
