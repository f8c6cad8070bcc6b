/**
 * Reads Aha! through its REST API, version 1. Used by the engine through the interfaces of {@link
 * dev.pulse.etl.connectors}; nothing else may see into it.
 */
@NullMarked
package dev.pulse.etl.connectors.aha;

import org.jspecify.annotations.NullMarked;
