/**
 * What sources hold, in the words of no source: one record type per table. Instants are UTC,
 * identifiers are the source's own and stable, {@code extra} is a JSON object of the source's other
 * fields.
 */
@NamedInterface("records")
@NullMarked
package dev.pulse.etl.connectors.records;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
