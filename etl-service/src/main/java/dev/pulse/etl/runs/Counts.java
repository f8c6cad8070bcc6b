package dev.pulse.etl.runs;

import java.sql.ResultSet;
import java.sql.SQLException;

/** What has been stored, in pages and in rows; {@code quarantined} in records. */
record Counts(
    long pages, long inserted, long updated, long unchanged, long deleted, long quarantined) {

  static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  static Counts of(ResultSet row) throws SQLException {
    return new Counts(
        row.getLong("pages"),
        row.getLong("inserted"),
        row.getLong("updated"),
        row.getLong("unchanged"),
        row.getLong("deleted"),
        row.getLong("quarantined"));
  }

  Counts plus(Counts other) {
    return new Counts(
        pages + other.pages,
        inserted + other.inserted,
        updated + other.updated,
        unchanged + other.unchanged,
        deleted + other.deleted,
        quarantined + other.quarantined);
  }

  /** Rows that were written or found to be stored already. */
  long rows() {
    return inserted + updated + unchanged;
  }
}
