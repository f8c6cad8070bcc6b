/**
 * Effectively once: reads a source's streams page by page and stores every page together with the
 * position after it, in one transaction, as long as the run holds its fence. Used by {@code runs}.
 */
@ApplicationModule(allowedDependencies = {"platform", "connectors", "connectors::records"})
@NullMarked
package dev.pulse.etl.ingest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
