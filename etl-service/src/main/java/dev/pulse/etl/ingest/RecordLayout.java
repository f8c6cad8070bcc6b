package dev.pulse.etl.ingest;

import static dev.pulse.etl.ingest.RecordTable.Kind.TEXT;

import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.ingest.Parent.Numbered;
import dev.pulse.etl.ingest.RecordTable.Column;
import dev.pulse.etl.ingest.RecordTable.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every type of record and its table, in the order in which a page writes them: one fixed order for
 * all pages, so that pages written side by side never wait for each other in a circle.
 */
final class RecordLayout {

  static final List<RecordTable<?>> TABLES =
      Stream.of(WorkTables.all(), CodeTables.all()).<RecordTable<?>>flatMap(List::stream).toList();

  private RecordLayout() {}

  /** The table of a type of record. */
  static RecordTable<?> of(Class<? extends SourceRecord> type) {
    return TABLES.stream().filter(table -> table.type().equals(type)).findFirst().orElseThrow();
  }

  static <R extends SourceRecord> Rows<R> table(Class<R> type, String name) {
    return new Rows<>(type, name);
  }

  /** Spells a table out, column by column. */
  static final class Rows<R extends SourceRecord> {

    private final Class<R> type;
    private final String name;
    private final List<Column<R>> columns = new ArrayList<>();
    private List<String> key = List.of("external_id");
    private @Nullable Parent parent;
    private final List<Parent> companions = new ArrayList<>();
    private List<String> partOf = List.of();
    private @Nullable Numbered numbered;
    private String guard = "";

    Rows(Class<R> type, String name) {
      this.type = type;
      this.name = name;
      with("external_id", TEXT, SourceRecord::externalId);
    }

    Rows<R> with(String column, Kind kind, Function<R, @Nullable Object> value) {
      columns.add(new Column<>(column, kind, value));
      return this;
    }

    Rows<R> key(String... columns) {
      key = List.of(columns);
      return this;
    }

    /** The column that names the parent is named after its table. */
    Rows<R> childOf(String table) {
      parent = new Parent(table + "_id", table, null, null);
      return this;
    }

    /** Rows of another table that these go with, and come back with, but are not listed by. */
    Rows<R> goingWith(String table) {
      companions.add(new Parent(table + "_id", table, null, null));
      return this;
    }

    /** Parents may be of any table; two columns name the parent and its table. */
    Rows<R> childOfAny(String column, String kindColumn) {
      parent = new Parent(column, null, kindColumn, null);
      return this;
    }

    /** The same; where the parent's id is not known, its number and repository name it. */
    Rows<R> childOfAny(String column, String kindColumn, Numbered byNumber) {
      parent = new Parent(column, null, kindColumn, byNumber);
      return this;
    }

    /** Children may name a row by its number. */
    Rows<R> numbered(String repository, String number) {
      numbered = new Numbered(repository, number);
      return this;
    }

    Rows<R> partOf(String... columns) {
      partOf = List.of(columns);
      return this;
    }

    Rows<R> overwriteOnlyIf(String condition) {
      guard = condition;
      return this;
    }

    RecordTable<R> mapping(int version) {
      return new RecordTable<>(
          type,
          name,
          version,
          key,
          parent,
          List.copyOf(companions),
          partOf,
          numbered,
          guard,
          List.copyOf(columns));
    }
  }
}
