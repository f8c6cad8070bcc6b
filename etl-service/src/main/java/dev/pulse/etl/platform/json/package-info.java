/** How the JSON of sources is read. */
@NullMarked
package dev.pulse.etl.platform.json;

import org.jspecify.annotations.NullMarked;
