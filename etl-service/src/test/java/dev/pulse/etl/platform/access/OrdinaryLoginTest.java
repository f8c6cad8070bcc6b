package dev.pulse.etl.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pulse.etl.EtlService;
import dev.pulse.local.postgres.LocalPostgres;
import dev.pulse.model.signing.SigningKeys;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database whose owner may do nothing beyond it, as in containers. */
@ExtendWith(OutputCaptureExtension.class)
class OrdinaryLoginTest {

  private static final String LOGIN = "ordinary_login";
  private static final String TOLD =
      "create role pulse_narrowed nologin; grant pulse_narrowed to %s;".formatted(LOGIN);

  @Test
  void what_an_administrator_has_to_do_is_told_and_is_all_there_is_to_do(CapturedOutput output) {
    var database = LocalPostgres.shared().freshDatabase();
    var administrator =
        JdbcClient.create(new DriverManagerDataSource(database, "postgres", "postgres"));
    administrator.sql("create role %s login password 'x'".formatted(LOGIN)).update();
    var name = database.substring(database.lastIndexOf('/') + 1);
    administrator.sql("alter database %s owner to %s".formatted(name, LOGIN)).update();

    assertThat(catchThrowable(() -> start(database).close())).isNotNull();

    assertThat(output)
        .contains(
            "etl-service cannot start: let an administrator of the database run once: " + TOLD);
    assertThat(output).doesNotContain("\tat ");

    if (roles(administrator) == 0) administrator.sql(TOLD).update();
    else administrator.sql(TOLD.substring(TOLD.indexOf("grant"))).update(); // the server is shared
    try (var started = start(database)) {
      var jdbc = JdbcClient.create(started.getBean(DataSource.class));
      assertThat(new NarrowedTables(jdbc).names()).contains("connection", "work_item", "run_event");
      assertThat(RowSecurityTest.asOneWhoSees(1, () -> who(jdbc))).isEqualTo("pulse_narrowed");
      assertThat(who(jdbc)).isEqualTo(LOGIN);
    }
  }

  private static String who(JdbcClient jdbc) {
    return jdbc.sql("select current_user").query(String.class).single();
  }

  private static int roles(JdbcClient administrator) {
    return administrator
        .sql("select count(*) from pg_roles where rolname = 'pulse_narrowed'")
        .query(Integer.class)
        .single();
  }

  private static ConfigurableApplicationContext start(String database) {
    var line = SigningKeys.fresh("gateway", "g1"); // its secret is as good for sealing as any
    return new SpringApplication(EtlService.class)
        .run(
            "--server.port=0",
            "--management.server.port=0",
            "--spring.datasource.url=" + database,
            "--spring.datasource.username=" + LOGIN,
            "--spring.datasource.password=x",
            "--pulse.secrets.kek-file=" + SignedNodesTest.keyFile("k1:" + line.split(":", -1)[2]),
            "--pulse.internal.keys-file=" + SignedNodesTest.keyFile(SigningKeys.receiving(line)));
  }
}
