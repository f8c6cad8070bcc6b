package dev.pulse.etl.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.local.Simulator;
import dev.pulse.local.postgres.LocalPostgres;
import dev.pulse.local.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/** The real service is killed while it removes the rows of a deleted connection. */
@Execution(ExecutionMode.CONCURRENT)
class DeletionCrashTest {

  @TempDir Path folder;
  private String database = "";
  private JdbcClient jdbc;
  private Simulator simulator;
  private Path keys;

  @BeforeEach
  void a_source_and_a_database() throws IOException {
    simulator = Simulator.start(new World(11, 300, Clock.systemUTC()), 0);
    database = LocalPostgres.shared().freshDatabase();
    jdbc =
        JdbcClient.create(
            new DriverManagerDataSource(database + "?currentSchema=etl", "postgres", "postgres"));
    var key = new byte[32];
    new SecureRandom().nextBytes(key);
    keys =
        Files.writeString(folder.resolve("keys"), "k:" + Base64.getEncoder().encodeToString(key));
  }

  @AfterEach
  void no_source() {
    simulator.close();
  }

  @Test
  void a_deletion_cut_off_by_a_crash_is_completed_and_touches_nothing_else() throws Exception {
    var first = start();
    long gone = synced(first, "jira", Map.of("email", "demo@acme.example"));
    long kept = synced(first, "github", Map.of("organization", "acme"));
    var others = rowsOf(kept);

    killInMidDeletion(first, gone);

    assertThat(rowsOf(gone)).containsKeys("comment", "checkpoint");
    assertThat(rowsOf(gone)).doesNotContainKeys("scope_element", "project", "work_item");

    try (var node = start()) {
      await().atMost(Duration.ofSeconds(30)).until(() -> rowsOf(gone).isEmpty());

      assertThat(rowsOf(kept)).isEqualTo(others);
      var jobs = node.api("GET", "jobs/status", "");
      assertThat(jobs.size()).isEqualTo(1);
      assertThat(jobs.path(0).path("id").asLong()).isEqualTo(kept);
      assertThat(count("select count(*) from run where job_id = " + gone)).isZero();
    }
  }

  /**
   * A table in the middle of the removal is locked, so that it stops there until the node dies. The
   * statement that waits may still be carried out by the database; nothing after it is.
   */
  private void killInMidDeletion(EtlProcess node, long connection) throws SQLException {
    try (var blocker = DriverManager.getConnection(database, "postgres", "postgres");
        var lock = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      lock.execute("lock table etl.work_item_change in share mode");
      var _ = node.api("DELETE", "connections/" + connection, "");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !rowsOf(connection).containsKey("work_item"));
      node.kill();
      blocker.rollback();
    }
  }

  private long synced(EtlProcess node, String connector, Map<String, String> settings) {
    var all = new TreeMap<String, String>(settings);
    all.put("baseUrl", simulator.url(connector).toString());
    var body =
        Map.of(
            "connector", connector,
            "name", connector,
            "settings", all,
            "secrets", Map.of("token", Simulator.TOKEN));
    var created = node.api("POST", "connections", JsonMapper.shared().writeValueAsString(body));
    long id = created.path("id").asLong();
    assertThat(id).as(created.toString()).isPositive();
    var _ = node.api("POST", "jobs/" + id + "/start", "");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> node.api("GET", "jobs/" + id, "").path("lastSuccess").isString());
    return id;
  }

  private EtlProcess start() {
    return EtlProcess.start(database, keys, folder.resolve("etl.log")).awaitReady();
  }

  /** How many rows each table has of a connection; tables without any are left out. */
  private Map<String, Long> rowsOf(long connection) {
    List<String> tables =
        jdbc.sql(
                """
                select table_name::text
                from information_schema.columns
                where table_schema = 'etl' and column_name = 'connection_id'
                """)
            .query(String.class)
            .list();
    var rows = new TreeMap<String, Long>();
    for (var table : tables) {
      long found =
          count("select count(*) from %s where connection_id = %d".formatted(table, connection));
      if (found > 0) rows.put(table, found);
    }
    return rows;
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
