package dev.pulse.etl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All that is stored for a connection, table by table, but for what differs between two equal
 * copies: the numbers of rows, when they were stored, and whether they were ever written again.
 */
public record StoredRows(Map<String, List<String>> byTable) {

  private static final String TABLES =
      """
      select table_name
      from information_schema.columns
      where table_schema = 'etl' and column_name = 'content_hash'
      order by table_name
      """;

  public static StoredRows of(JdbcClient jdbc, long connection) {
    var rows = new TreeMap<String, List<String>>();
    for (var table : jdbc.sql(TABLES).query(String.class).list()) {
      rows.put(
          table,
          jdbc.sql(
                  """
                  select (to_jsonb(t) - '{id,connection_id,stored_at,came_back}'::text[])::text
                         collate "C" as row
                  from %s t
                  where t.connection_id = ? and t.deleted_at is null
                  order by row
                  """
                      .formatted(table))
              .param(connection)
              .query(String.class)
              .list());
    }
    return new StoredRows(rows);
  }

  public long count() {
    return byTable.values().stream().mapToLong(List::size).sum();
  }

  /** Compares table by table, so that a difference is shown by itself. */
  public void assertEqualTo(StoredRows other) {
    assertThat(byTable.keySet()).isEqualTo(other.byTable.keySet());
    byTable.forEach(
        (table, rows) ->
            assertThat(rows)
                .as(table)
                .containsExactlyInAnyOrderElementsOf(other.byTable.getOrDefault(table, List.of())));
  }
}
