package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.records.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one type of record is laid out in its table.
 *
 * @param mapping raised when the meaning of a column changes, so that rows stored before are
 *     written again
 * @param key names of the columns that, with the connection, make a row unique
 * @param parent the column that names the parent; null if the rows have none
 * @param partOf the columns of which one names the project or repository; empty if it is the
 *     parent's
 * @param guard SQL condition on the stored row {@code t} for overwriting it; empty = none
 */
record RecordTable<R extends SourceRecord>(
    Class<R> type,
    String name,
    int mapping,
    List<String> key,
    @Nullable String parent,
    List<String> partOf,
    String guard,
    List<Column<R>> columns) {

  /** How a value travels: as an array of {@code wire}, turned into the column's type by SQL. */
  enum Kind {
    TEXT("text", "%s"),
    JSON("text", "%s::jsonb"),
    DATE("text", "%s::date"),
    LONG("bigint", "%s"),
    INT("int", "%s"),
    DOUBLE("float8", "%s"),
    BOOLEAN("boolean", "%s"),
    /** Microseconds since 1970, which is as fine as PostgreSQL keeps time. */
    INSTANT("bigint", "timestamptz 'epoch' + %s * interval '1 microsecond'");

    final String wire;
    final String expression;

    Kind(String wire, String expression) {
      this.wire = wire;
      this.expression = expression;
    }
  }

  record Column<R>(String name, Kind kind, Function<R, @Nullable Object> value) {}

  /**
   * One statement for any number of rows; it returns the id of each row written, if it is new, and
   * if it had been gone. An older state does not overwrite a newer one; but a state from the
   * future, which some source's wrong clock wrote, must not keep all later ones out.
   */
  String upsert() {
    var into = new ArrayList<String>();
    var select = new ArrayList<String>();
    var arrays = new ArrayList<String>();
    var set = new ArrayList<String>();
    for (var column : columns) {
      into.add(column.name);
      select.add(column.kind.expression.formatted("p." + column.name));
      arrays.add("?::" + column.kind.wire + "[]");
      if (!key.contains(column.name)) set.add("%1$s = excluded.%1$s".formatted(column.name));
    }
    return """
    insert into %s as t (connection_id, %s, content_hash)
    select ?, %s, p.content_hash
    from unnest(%s, ?::bigint[]) as p(%s, content_hash)
    on conflict (connection_id, %s) do update
       set %s, content_hash = excluded.content_hash, stored_at = now(), deleted_at = null, gone_reason = null,
       came_back = t.deleted_at is not null
     where (t.content_hash <> excluded.content_hash or t.deleted_at is not null)%s%s
    returning external_id, (xmax = 0) as inserted, came_back is true
    """
        .formatted(
            name,
            String.join(", ", into),
            String.join(", ", select),
            String.join(", ", arrays),
            String.join(", ", into),
            String.join(", ", key),
            String.join(", ", set),
            datedBySource()
                ? " and (t.source_updated_at is null or excluded.source_updated_at is null"
                    + " or excluded.source_updated_at >= t.source_updated_at"
                    + " or t.source_updated_at > now() + interval '1 day')"
                : "",
            guard.isEmpty() ? "" : " and " + guard);
  }

  /**
   * Marks the rows gone that are no longer among those of their parents, or repositories.
   *
   * @param column that names these
   */
  String removeMissing(String column) {
    return """
    update %1$s as t
       set deleted_at = now(), gone_reason = 'DELETED', stored_at = now()
     where t.connection_id = ?
       and t.%2$s = any (?)
       and t.deleted_at is null
       and not exists (
         select
         from unnest(?::text[], ?::text[]) as kept(parent, id)
         where kept.parent = t.%2$s and kept.id = t.external_id)
    """
        .formatted(name, column);
  }

  /** The column that names what a list of children belongs to. */
  String columnOf(Page.ChildList.Owner owner) {
    var column =
        switch (owner) {
          case PARENT -> parent;
          case REPOSITORY -> "repository_id";
        };
    if (column == null || columns.stream().noneMatch(each -> each.name.equals(column))) {
      throw new IllegalArgumentException("no %s has a %s".formatted(name, owner));
    }
    return column;
  }

  /** Marks the rows gone of which {@code column} is one of some ids. */
  String remove(String column) {
    return """
    update %s
       set deleted_at = now(), gone_reason = ?, stored_at = now()
     where connection_id = ? and %s = any (?) and deleted_at is null
    """
        .formatted(name, column);
  }

  /**
   * The column that names the parent if rows of {@code other} can be the parent; else null. Parents
   * of several types have a column of their own that names the type.
   */
  @Nullable String columnOf(RecordTable<?> other) {
    if (parent == null) return null;
    return Set.of(other.name + "_id", "parent_id", "from_id").contains(parent) ? parent : null;
  }

  /** Id of a record's parent; null if the rows have none. */
  @Nullable String parentOf(SourceRecord record) {
    return parent == null ? null : textOf(record, parent);
  }

  /** What a record says in a column of text. */
  @Nullable String textOf(SourceRecord record, String column) {
    return columns.stream()
        .filter(each -> each.name.equals(column))
        .findFirst()
        .map(each -> (String) each.value.apply(type.cast(record)))
        .orElse(null);
  }

  /** Whether one column says which project or repository a row is of. */
  boolean hasPartition() {
    return partOf.size() == 1;
  }

  String requirePartition() {
    if (!hasPartition()) throw new IllegalStateException(name + " has no partition");
    return partOf.getFirst();
  }

  boolean datedBySource() {
    return columns.stream().anyMatch(column -> column.name.equals("source_updated_at"));
  }
}
