/**
 * What is connected: saved settings, sealed secrets, trying a connection out, and finding what
 * there is to read. Used by {@code runs}.
 */
@ApplicationModule(allowedDependencies = {"platform", "connectors"})
@NullMarked
package dev.pulse.etl.connections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
