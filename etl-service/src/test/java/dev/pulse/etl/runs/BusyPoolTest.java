package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.local.postgres.LocalPostgres;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** All connections that requests share are taken, and the database is well. */
class BusyPoolTest {

  private static final Duration LEASE = Duration.ofSeconds(4);

  private final String database = LocalPostgres.shared().freshDatabase();
  private final JdbcClient jdbc =
      JdbcClient.create(
          new DriverManagerDataSource(database + "?currentSchema=etl", "postgres", "postgres"));
  private final Node node = Node.start(database, "busy", "--pulse.runs.lease=4s");
  private final List<ToyBox> boxes = List.of(new ToyBox(), new ToyBox(), new ToyBox());
  private final List<Connection> taken = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var connection : taken) connection.close();
    boxes.forEach(ToyBox::release);
    node.close();
    boxes.forEach(ToyBox::close);
  }

  @Test
  void the_leases_of_its_runs_are_renewed_all_the_same() throws Exception {
    for (var box : boxes) {
      box.put("red", 1, "Red", TwoNodesTest.THEN.toString());
      box.hold();
      node.post("jobs/" + connect(box) + "/start");
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> boxes.stream().allMatch(box -> box.waiting() > 0));

    for (int i = 0; i < 10; i++) taken.add(node.bean(DataSource.class).getConnection());

    await()
        .during(LEASE.multipliedBy(2))
        .atMost(LEASE.multipliedBy(3))
        .until(
            () ->
                count("select count(*) from run_lease where expires > clock_timestamp()")
                    == boxes.size());
    assertThat(count("select count(*) from run_event where kind = 'TAKEN_OVER'")).isZero();
  }

  private long connect(ToyBox box) {
    var body = box.connection("Toys of " + box.url());
    return node.ask("POST", "connections", body).json().path("id").asLong();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
