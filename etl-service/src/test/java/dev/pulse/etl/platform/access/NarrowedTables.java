package dev.pulse.etl.platform.access;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables on which row-level security narrows what is read, and rows of a connection in them.
 */
record NarrowedTables(JdbcClient jdbc) {

  private static final List<String> KEYS =
      List.of("connection_id", "job_id", "run_id", "trigger_name");

  List<String> names() {
    return jdbc.sql(
            """
            select c.relname
            from pg_policy p
            join pg_class c on c.oid = p.polrelid
            where c.relnamespace = 'etl'::regnamespace and c.relrowsecurity and p.polname = 'narrowed'
              and not p.polpermissive and p.polroles = array['pulse_narrowed'::regrole::oid]
            order by c.relname
            """)
        .query(String.class)
        .list();
  }

  /** What all rows of a table are of, without a condition. */
  List<String> owners(String table) {
    return jdbc.sql("select %s from %s".formatted(key(table), table)).query(String.class).list();
  }

  /** What a row of a connection is of, in that table; its run has the same number. */
  String owner(String table, long connection) {
    return table.equals("rate_budget") ? "x" + connection : Long.toString(connection);
  }

  void insert(String table, long connection) {
    var needed = columns(table);
    var values =
        needed.entrySet().stream()
            .map(column -> literal(column.getKey(), column.getValue(), connection))
            .toList();
    jdbc.sql(
            "insert into %s (%s) values (%s)"
                .formatted(table, String.join(", ", needed.keySet()), String.join(", ", values)))
        .update();
  }

  void delete(String table, long connection) {
    jdbc.sql("delete from %s where %s::text = ?".formatted(table, key(table)))
        .param(owner(table, connection))
        .update();
  }

  /** The column that says of which connection a row is. */
  private String key(String table) {
    if (table.equals("rate_budget")) return "budget_key";
    if (List.of("connection", "job").contains(table)) return "id";
    return columns(table).keySet().stream().filter(KEYS::contains).findFirst().orElseThrow();
  }

  /** Columns that have to be given, and their types. */
  private Map<String, String> columns(String table) {
    var columns = new TreeMap<String, String>();
    jdbc.sql(
            """
            select column_name, data_type
            from information_schema.columns
            where table_schema = 'etl' and table_name = ? and is_nullable = 'NO'
              and column_default is null and is_identity = 'NO'
            """)
        .param(table)
        .query(
            row -> {
              columns.put(row.getString(1), row.getString(2));
            });
    return columns;
  }

  private static String literal(String column, String type, long connection) {
    if (KEYS.contains(column)) return "'" + connection + "'";
    return switch (type) {
      case "boolean" -> "true";
      case "bigint", "integer", "smallint", "numeric", "double precision" -> "1";
      case "timestamp with time zone" -> "now()";
      case "jsonb", "ARRAY" -> "'{}'";
      case "bytea" -> "''";
      default -> column.equals("level") ? "'INFO'" : "'x" + connection + "'";
    };
  }
}
