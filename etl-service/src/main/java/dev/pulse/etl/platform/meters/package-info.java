/** What the service counts and measures about itself; every name stands in {@code Measure}. */
@NullMarked
package dev.pulse.etl.platform.meters;

import org.jspecify.annotations.NullMarked;
