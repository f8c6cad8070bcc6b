package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.Migrations;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.ingest.CuttingProxy.Cut;
import dev.pulse.local.postgres.LocalPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The connection to the database breaks at a commit, so that its outcome is not known. */
class CommitCutTest {

  private static final int ITEMS = 500;

  @ParameterizedTest
  @EnumSource(names = {"BEFORE", "AFTER"})
  void twenty_five_cuts_lose_nothing_and_double_nothing(Cut cut) throws Exception {
    cutAndCompare(cut, 25);
  }

  @Test
  @Tag("long")
  void a_hundred_cuts_lose_nothing_and_double_nothing() throws Exception {
    cutAndCompare(Cut.BEFORE, 50);
    cutAndCompare(Cut.AFTER, 50);
  }

  private static void cutAndCompare(Cut cut, int cuts) throws Exception {
    var postgres = LocalPostgres.shared();
    var database = postgres.freshDatabase();
    Migrations.migrate(database);
    var jdbc =
        JdbcClient.create(
            new DriverManagerDataSource(
                database + "?currentSchema=etl&socketTimeout=60", "postgres", "postgres"));
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (1, 'test', 1, now() +"
                + " interval '1 hour')")
        .update();
    var source = new ScriptedSource().with("alpha", ITEMS).with("beta", ITEMS);

    try (var proxy =
            new CuttingProxy(
                postgres.port(), commit -> commit % 3 == 0 && commit / 3 <= cuts ? cut : Cut.NOT);
        var context =
            new SpringApplicationBuilder(LightSync.class)
                .web(WebApplicationType.NONE)
                .properties(
                    "spring.main.banner-mode=off",
                    "spring.datasource.url="
                        + database.replace(":" + postgres.port() + "/", ":" + proxy.port() + "/")
                        + "?prepareThreshold=0", // so that every COMMIT is sent as a word
                    "spring.datasource.username=postgres",
                    "spring.datasource.password=postgres")
                .run()) {
      context
          .getBean(Sync.class)
          .run(
              new RunScope(new Fence(1, 1), 1, Scope.ALL, null),
              source,
              new StopSignal(),
              (stream, partition, reason, remedy) -> {});

      assertThat(proxy.cuts()).isEqualTo(cuts);
    }

    assertThat(count(jdbc, "select count(*) from work_item")).isEqualTo(2 * ITEMS);
    assertThat(count(jdbc, "select count(*) from work_item_change")).isEqualTo(4 * ITEMS);
    assertThat(count(jdbc, "select count(*) from owed")).isZero();
    assertThat(count(jdbc, "select sum(inserted) from run_stream where stream = 'items'"))
        .isEqualTo(2 * ITEMS);
    assertThat(count(jdbc, "select sum(inserted) from run_stream where stream = 'changes'"))
        .isEqualTo(4 * ITEMS);
    assertThat(count(jdbc, "select sum(unchanged + updated) from run_stream")).isZero();
    assertThat(
            count(
                jdbc,
                """
                select sum(abs(c.version - s.pages))
                from checkpoint c
                join run_stream s on s.stream = c.stream and s.partition = c.partition
                """))
        .isZero();
  }

  private static long count(JdbcClient jdbc, String sql) {
    return jdbc.sql(sql).query(Long.class).optional().orElse(0L);
  }
}
