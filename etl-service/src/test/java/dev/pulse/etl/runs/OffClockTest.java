package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.local.postgres.LocalPostgres;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A node whose clock is not that of the database. */
class OffClockTest {

  private final String database = LocalPostgres.shared().freshDatabase();
  private final JdbcClient jdbc =
      JdbcClient.create(
          new DriverManagerDataSource(database + "?currentSchema=etl", "postgres", "postgres"));

  @ParameterizedTest
  @ValueSource(ints = {-90, 90})
  void a_run_waits_as_long_as_its_source_says_whatever_its_node_takes_for_the_time(
      int secondsAhead) {
    var clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(secondsAhead));
    try (var box = new ToyBox();
        var node = Node.start(clock, database, "off")) {
      box.put("red", 1, "Red", TwoNodesTest.THEN.toString());
      box.allow(1, 60);
      long job = node.ask("POST", "connections", connection(box)).json().path("id").asLong();

      node.post("jobs/" + job + "/start");

      await().until(() -> count("select count(*) from run_event where kind = 'WAITING'") > 0);
      assertThat(count("select extract(epoch from resumes_at - clock_timestamp())::int from run"))
          .isBetween(30L, 60L);
      assertThat(count("select extract(epoch from next_due_at - clock_timestamp())::int from job"))
          .isBetween(30L, 60L);
      assertThat(count("select count(*) from run_event where kind = 'WAITING'")).isOne();
    }
  }

  private static String connection(ToyBox box) {
    return box.connection("Toys");
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
