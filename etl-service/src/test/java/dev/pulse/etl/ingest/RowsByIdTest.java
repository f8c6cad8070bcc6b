package dev.pulse.etl.ingest;

import static dev.pulse.etl.Migrations.migrate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import dev.pulse.local.postgres.LocalPostgres;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Rows are found by the source's id, of whatever kind they are. */
class RowsByIdTest extends EtlTest {

  /** They are looked up by what they are part of, and then by their id. */
  private static final Set<String> WITHIN_OTHERS =
      Set.of("commit", "commit_parent", "pull_request_commit", "team_member");

  @Autowired JdbcClient jdbc;

  static Stream<String> tables() {
    return RecordLayout.TABLES.stream()
        .map(RecordTable::name)
        .distinct()
        .filter(table -> !WITHIN_OTHERS.contains(table));
  }

  /** One with another column between them is read from end to end, before PostgreSQL 18. */
  @ParameterizedTest
  @MethodSource("tables")
  void an_index_begins_with_the_connection_and_the_id(String table) {
    assertThat(
            jdbc.sql(
                    """
                    select pg_get_indexdef(i.indexrelid)
                    from pg_index i
                    where i.indrelid = ?::regclass and i.indisvalid
                    """)
                .param("etl." + table)
                .query(String.class)
                .list())
        .anyMatch(each -> each.matches(".*\\(connection_id, external_id[,)].*"));
  }

  @Test
  void rows_from_before_are_as_they_were_and_still_there_once_each() {
    var database = LocalPostgres.shared().freshDatabase();
    migrate(database, "037");
    var before =
        JdbcClient.create(
            new DriverManagerDataSource(database + "?currentSchema=etl", "postgres", "postgres"));
    before
        .sql(
            """
            insert into work_item (connection_id, external_id, kind, key, project_id, title, content_hash)
            values (1, '7', 'epic', 'E-7', 'p', 'An epic', 0), (1, '7', 'feature', 'F-7', 'p', 'A feature', 0)
            """)
        .update();
    before
        .sql(
            """
            insert into comment (connection_id, external_id, parent_kind, parent_id, repository_id, parent_number, kind,
              content_hash)
            values (1, '1', 'work_item', '7', null, null, 'COMMENT', 0),
              (1, '2', 'pull_request', null, 'r', 5, 'COMMENT', 0)
            """)
        .update();

    migrate(database, "latest");

    assertThat(
            before
                .sql(
                    """
                    insert into work_item (connection_id, external_id, kind, key, project_id, title, content_hash)
                    values (1, '7', 'epic', 'E-7', 'p', 'Again', 0)
                    on conflict (connection_id, kind, external_id) do update set title = excluded.title
                    """)
                .update())
        .isOne();
    assertThat(before.sql("select title from work_item order by kind").query(String.class).list())
        .containsExactly("Again", "A feature");
    assertThat(before.sql("select count(*) from comment").query(Long.class).single()).isEqualTo(2);
  }
}
