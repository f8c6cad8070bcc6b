package dev.pulse.etl.ingest;

import static dev.pulse.etl.Migrations.migrate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.postgres.LocalPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** V015 meets a database in which runs have been and walks are open. */
class ProgressMigrationTest {

  @Test
  void what_was_stored_before_is_unknown_and_not_nothing() {
    var database = LocalPostgres.shared().freshDatabase();
    migrate(database, "011");
    var jdbc =
        JdbcClient.create(
            new DriverManagerDataSource(database + "?currentSchema=etl", "postgres", "postgres"));
    jdbc.sql("insert into run_stream (run_id, stream, partition, label) values (1, 's', 'p', 'l')")
        .update();
    jdbc.sql(
            "insert into checkpoint (connection_id, stream, partition, walk_started_at)"
                + " values (1, 's', 'p', now())")
        .update();

    migrate(database, "latest");

    var stored =
        jdbc.sql(
                "select read, begun is null and since is null and mark is null as paceless from"
                    + " run_stream")
            .query()
            .singleRow();
    assertThat(stored).containsEntry("read", null).containsEntry("paceless", true);
    assertThat(
            jdbc.sql("select walk_read, walk_total, walk_way from checkpoint")
                .query()
                .singleRow()
                .values())
        .containsOnlyNulls();
  }
}
