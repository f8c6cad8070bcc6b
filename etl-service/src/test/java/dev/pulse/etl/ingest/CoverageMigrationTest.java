package dev.pulse.etl.ingest;

import static dev.pulse.etl.Migrations.migrate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.postgres.LocalPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** V034 meets a database in which a project cannot be read. */
class CoverageMigrationTest {

  @Test
  void what_could_not_be_read_before_is_told_on_with_since_when() {
    var database = LocalPostgres.shared().freshDatabase();
    migrate(database, "026");
    var jdbc =
        JdbcClient.create(
            new DriverManagerDataSource(database + "?currentSchema=etl", "postgres", "postgres"));
    jdbc.sql(
            """
            insert into scope_element (connection_id, external_id, instance, name, label, attributes, included,
              unreadable_stream, unreadable_reason, unreadable_since)
            values (1, 'a', 'i', 'a', 'a', '{}', true, 'issues', 'hidden', '2026-01-05T10:00:00Z'),
              (1, 'b', 'i', 'b', 'b', '{}', true, null, null, null)
            """)
        .update();

    migrate(database, "latest");

    assertThat(
            jdbc.sql(
                    """
                    select concat_ws(' ', connection_id, partition, stream, reason, since at time zone 'UTC')
                    from unreadable
                    """)
                .query(String.class)
                .list())
        .containsExactly("1 a issues hidden 2026-01-05 10:00:00");
  }
}
