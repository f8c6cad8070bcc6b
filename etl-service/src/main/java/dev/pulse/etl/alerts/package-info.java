/**
 * Tells people of trouble: once when it begins and once when it has ended, by webhook or mail. Sees
 * only the figures that the node which watches has read.
 */
@ApplicationModule(allowedDependencies = {"platform", "monitoring", "runs"})
@NullMarked
package dev.pulse.etl.alerts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
