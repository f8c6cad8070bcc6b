@NullMarked
package dev.pulse.etl.platform.http;

import org.jspecify.annotations.NullMarked;
