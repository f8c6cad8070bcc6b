package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page.ChildList;
import dev.pulse.etl.connectors.ShortId;

/**
 * A row of a connection, by the source's id. Sources number each type of record by itself, so that
 * an id alone names several.
 *
 * @param table in which it is stored
 */
record RowId(String table, String externalId) {

  /** What the row is set aside as if PostgreSQL refuses it. */
  String asideAs() {
    return table + " " + ShortId.of(externalId);
  }

  /** The parent, or repository, that a list of rows of {@code table} belongs to. */
  static RowId owning(RecordTable<?> table, ChildList list) {
    return new RowId(table.parentTable(list), list.parentId());
  }
}
