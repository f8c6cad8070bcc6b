/**
 * What a source must offer to be read, and the sources that offer it.
 *
 * <p>The root of this package is the interface between the engine and a source: a {@link
 * dev.pulse.etl.connectors.Connector} opens a {@link dev.pulse.etl.connectors.Source}, whose {@link
 * dev.pulse.etl.connectors.RecordStream}s are read page by page. Each source lives in a sub-package
 * of its own; sources do not see each other, and nothing outside a source's folder names it.
 */
@ApplicationModule(allowedDependencies = "platform")
@NullMarked
package dev.pulse.etl.connectors;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
