@NullMarked
package dev.pulse.etl.ingest;

import org.jspecify.annotations.NullMarked;
