package dev.pulse.etl.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rows are children of.
 *
 * @param column names the parent by its id, which rows of other tables may have too
 * @param table of the parents; null if they are of several
 * @param kindColumn names the table of the parent, row by row; null if it is always the same
 * @param byNumber names the parent where its id is not known; null if it always is
 */
record Parent(
    String column,
    @Nullable String table,
    @Nullable String kindColumn,
    @Nullable Numbered byNumber) {

  /**
   * A number that is unique within a repository.
   *
   * @param repository the column that names it
   * @param number SQL for the number, with {@code %s} for the row
   */
  record Numbered(String repository, String number) {

    private String isOf(String parents, Numbered child) {
      return """
      exists (
        select from %s as p
        where p.connection_id = t.connection_id and p.external_id = any (?)
          and p.%s = t.%s and %s = %s)\
      """
          .formatted(
              parents,
              repository,
              child.repository,
              number.formatted("p"),
              child.number.formatted("t"));
    }
  }

  /** SQL conditions, each with some ids as its parameter, for children of rows of a table. */
  List<String> isOf(RecordTable<?> other) {
    if (kindColumn == null) {
      return other.name().equals(table) ? List.of("t.%s = any (?)".formatted(column)) : List.of();
    }
    var ofKind = "t.%s = '%s'".formatted(kindColumn, other.name());
    var byId = "%s and t.%s = any (?)".formatted(ofKind, column);
    return byNumber == null || other.numbered() == null
        ? List.of(byId)
        : List.of(byId, ofKind + " and " + other.numbered().isOf(other.name(), byNumber));
  }

  /** SQL condition for children whose parent, if it is stored at all, is not gone. */
  String isNotGone() {
    if (table == null) return "true";
    return """
    not exists (
      select from %s as p
      where p.connection_id = t.connection_id and p.external_id = t.%s and p.deleted_at is not null)\
    """
        .formatted(table, column);
  }
}
