package dev.pulse.etl.ingest;

import static java.util.stream.Collectors.joining;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.ingest.Parent.Numbered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one type of record is laid out in its table.
 *
 * @param mapping raised when the meaning of a column changes, so that rows stored before are
 *     written again
 * @param key names of the columns that, with the connection, make a row unique
 * @param parent what the rows are children of, and listed by; null if they have no parent
 * @param companions what else they go with, and come back with
 * @param partOf the columns of which one names the project or repository; empty if it is the
 *     parent's
 * @param numbered how children name a row that they do not know the id of; null if none do
 * @param guard SQL condition on the stored row {@code t} for overwriting it; empty = none
 */
record RecordTable<R extends SourceRecord>(
    Class<R> type,
    String name,
    int mapping,
    List<String> key,
    @Nullable Parent parent,
    List<Parent> companions,
    List<String> partOf,
    @Nullable Numbered numbered,
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
   * future, which some source's wrong clock wrote, must not keep all later ones out. Of two states
   * that the source does not date the one that was read later is newer; the last parameter says
   * when this one was.
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
     where (t.content_hash <> excluded.content_hash or t.deleted_at is not null)
       and %s%s
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
                ? "(excluded.source_updated_at > t.source_updated_at"
                    + " or (t.source_updated_at is null or excluded.source_updated_at is null"
                    + " or excluded.source_updated_at = t.source_updated_at"
                    + " or t.source_updated_at > now() + interval '1 day')"
                    + " and t.stored_at <= ?::timestamptz)"
                : "t.stored_at <= ?::timestamptz",
            guard.isEmpty() ? "" : " and " + guard);
  }

  /**
   * Marks the rows gone that are no longer among those of their parents, or repositories.
   *
   * @param owners names these; the last parameter is when the lists were read
   */
  String removeMissing(Owners owners) {
    return """
    update %1$s as t
       set deleted_at = now(), gone_reason = 'DELETED', stored_at = now()
     where t.connection_id = ?
       and t.%2$s = any (?)%3$s
       and t.deleted_at is null
       and t.stored_at <= ?::timestamptz
       and not exists (
         select
         from unnest(?::text[], ?::text[]) as kept(parent, id)
         where kept.parent = t.%2$s and kept.id = t.external_id)
    """
        .formatted(name, owners.column, owners.kind == null ? "" : " and " + owners.kind);
  }

  /**
   * What lists of children belong to.
   *
   * @param column names it by its id
   * @param kind SQL condition for its table; null if it is always the same
   */
  record Owners(String column, @Nullable String kind) {}

  Owners owners(Page.ChildList list) {
    return switch (list.owner()) {
      case PARENT -> {
        var of = parentTable(list);
        var column = parent == null ? null : parent.kindColumn();
        var kind = column == null ? null : "t.%s = '%s'".formatted(column, of);
        yield new Owners(requireParent().column(), kind);
      }
      case REPOSITORY -> {
        if (columns.stream().noneMatch(each -> each.name.equals("repository_id"))) {
          throw new IllegalArgumentException("no %s has a repository".formatted(name));
        }
        yield new Owners("repository_id", null);
      }
    };
  }

  /** The table of the parent, or repository, that a list of children belongs to. */
  String parentTable(Page.ChildList list) {
    if (list.owner() == Page.ChildList.Owner.REPOSITORY) return "repository";
    var only = requireParent().table();
    var of = list.of() == null ? only : RecordLayout.of(list.of()).name;
    if (of == null || (only != null && !of.equals(only))) {
      throw new IllegalArgumentException("no type of parent of %s: %s".formatted(name, of));
    }
    return of;
  }

  private Parent requireParent() {
    if (parent == null) throw new IllegalArgumentException("no %s has a parent".formatted(name));
    return parent;
  }

  /** Marks the rows gone for which {@code condition} holds, whose parameter is some ids. */
  String remove(String condition) {
    return """
    update %s as t
       set deleted_at = now(), gone_reason = ?, stored_at = now()
     where t.connection_id = ? and %s and t.deleted_at is null
    """
        .formatted(name, condition);
  }

  /** SQL conditions, each with some ids as its parameter, for children of rows of another table. */
  List<String> isChildOf(RecordTable<?> other) {
    return parents().flatMap(each -> each.isOf(other).stream()).toList();
  }

  private Stream<Parent> parents() {
    return Stream.concat(Stream.ofNullable(parent), companions.stream());
  }

  /** Marks rows, the parameter names them, that were written although a companion is gone. */
  String goAlong() {
    return """
    update %s as t
       set deleted_at = now(), gone_reason = 'NOT_VISIBLE', stored_at = now()
     where t.connection_id = ? and t.external_id = any (?) and t.deleted_at is null
       and not (%s)
    """
        .formatted(name, companions.stream().map(Parent::isNotGone).collect(joining(" and ")));
  }

  /**
   * Brings back the rows that went with their parents, which have come back, unless another parent
   * is gone. What was not shown went with them: a child by itself is marked as deleted.
   *
   * @param condition as from {@link #isChildOf}
   */
  String bringBack(String condition) {
    return """
    update %s as t
       set deleted_at = null, gone_reason = null, stored_at = now()
     where t.connection_id = ? and %s and t.deleted_at is not null and t.gone_reason = 'NOT_VISIBLE'
       and %s
    """
        .formatted(
            name, condition, parents().map(Parent::isNotGone).collect(joining("\n       and ")));
  }

  /** A record's parent; empty if it does not name one. */
  Optional<RowId> parentOf(SourceRecord record) {
    if (parent == null) return Optional.empty();
    var id = textOf(record, parent.column());
    var table = parent.kindColumn() == null ? parent.table() : textOf(record, parent.kindColumn());
    return id == null || table == null ? Optional.empty() : Optional.of(new RowId(table, id));
  }

  /** What a record says in a column of text. */
  @Nullable String textOf(SourceRecord record, String column) {
    return columns.stream()
        .filter(each -> each.name.equals(column))
        .findFirst()
        .map(each -> (String) each.value.apply(type.cast(record)))
        .orElse(null);
  }

  /** The project or repository that a record says it is part of. */
  Optional<String> elementOf(SourceRecord record) {
    for (var column : partOf) {
      var id = textOf(record, column);
      if (id != null) return Optional.of(id);
    }
    return Optional.empty();
  }

  /** Whether one column says which project or repository a row is of. */
  boolean hasPartition() {
    return partOf.size() == 1;
  }

  String requirePartition() {
    if (!hasPartition()) throw new IllegalStateException(name + " has no partition");
    return partOf.getFirst();
  }

  /** SQL condition for those of the rows {@code t} that are of a kind; empty = of any. */
  static String ofKind(Optional<String> kind) {
    return kind.map(" and t.kind = '%s'"::formatted).orElse("");
  }

  boolean datedBySource() {
    return columns.stream().anyMatch(column -> column.name.equals("source_updated_at"));
  }
}
