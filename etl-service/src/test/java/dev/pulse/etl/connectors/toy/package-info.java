/**
 * A source that nothing else knows of, as docs/connectors/how-to-add.md says to add one: this
 * folder, and not a line elsewhere.
 */
@NullMarked
package dev.pulse.etl.connectors.toy;

import org.jspecify.annotations.NullMarked;
