package dev.pulse.local.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Row versions that were written since a moment, as PostgreSQL itself has marked them, in all
 * tables of records: those whose rows have a hash of their contents.
 */
final class RowVersions {

  private final LocalStack stack;
  private final long since;

  /** From now on. */
  RowVersions(LocalStack stack) {
    this.stack = stack;
    try (var database = open()) {
      since = number(database, "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
    } catch (SQLException e) {
      throw problem(e);
    }
  }

  /** By table; those without any are left out. */
  ObjectNode byTable() {
    var figures = JsonMapper.shared().createObjectNode();
    try (var database = open()) {
      for (var table : tables(database)) {
        long written =
            number(
                database,
                "select count(*) from etl.%s where xmin::text::bigint >= %d"
                    .formatted(table, since));
        if (written > 0) figures.put(table, written);
      }
      return figures;
    } catch (SQLException e) {
      throw problem(e);
    }
  }

  private static List<String> tables(Connection database) throws SQLException {
    try (var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                """
                select table_name
                from information_schema.columns
                where table_schema = 'etl' and column_name = 'content_hash'
                order by table_name
                """)) {
      var tables = new ArrayList<String>();
      while (rows.next()) tables.add(rows.getString(1));
      return tables;
    }
  }

  private static long number(Connection database, String sql) throws SQLException {
    try (var statement = database.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private Connection open() throws SQLException {
    var database = stack.database();
    return DriverManager.getConnection(
        database.jdbcUrl(), Database.USER, Secrets.read(database.passwordFile()));
  }

  private static LauncherProblem problem(SQLException e) {
    return new LauncherProblem("The database cannot be asked: " + e.getMessage(), "Try again.", e);
  }
}
