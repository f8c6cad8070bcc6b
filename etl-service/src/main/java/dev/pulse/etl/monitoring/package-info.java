/**
 * Watches the cluster: one node at a time reads what only the database knows, shows it to
 * Prometheus, and publishes it for whoever tells people of trouble.
 */
@ApplicationModule(allowedDependencies = {"platform", "runs"})
@NullMarked
package dev.pulse.etl.monitoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
