package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.local.postgres.LocalPostgres;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/** The database goes away in the middle of a run, for longer than a page can wait for it. */
class DatabaseAwayTest {

  private static final int CARDS = 35;

  private final String database = LocalPostgres.shared().freshDatabase();
  private final JdbcClient jdbc =
      JdbcClient.create(
          new DriverManagerDataSource(database + "?currentSchema=etl", "postgres", "postgres"));
  private final ToyBox box = new ToyBox();
  private Valve valve;
  private Node node;
  private long job;

  @BeforeEach
  void a_node_that_reaches_its_database_through_a_valve() throws IOException {
    var port = URI.create(database.substring("jdbc:".length())).getPort();
    valve = new Valve(port);
    node =
        Node.start(
            database.replace(":" + port, ":" + valve.port()), "away", "--pulse.runs.lease=1s");
    for (int i = 0; i < CARDS; i++) {
      box.put("red", i, "Red " + i, TwoNodesTest.THEN.plusSeconds(i).toString());
    }
    var body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "connector",
                    "toy",
                    "name",
                    "Toys",
                    "settings",
                    Map.of("baseUrl", box.url()),
                    "secrets",
                    Map.of("token", ToyBox.KEY)));
    job = node.ask("POST", "connections", body).json().path("id").asLong();
  }

  @AfterEach
  void close() throws IOException {
    node.close();
    valve.close();
    box.close();
  }

  @Test
  void the_run_goes_on_when_the_database_is_back_and_nothing_has_failed() {
    box.hold("after=red-019");
    node.post("jobs/" + job + "/start");
    await().atMost(Duration.ofSeconds(20)).until(() -> box.waiting() > 0);

    valve.shut();
    box.release();
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(20)); // a page is tried for about 12 s
    valve.open();

    await().atMost(Duration.ofSeconds(60)).until(() -> state().equals("FINISHED"));
    assertThat(texts("select kind from run_event order by id"))
        .startsWith("STARTED")
        .contains("TAKEN_OVER")
        .endsWith("FINISHED")
        .doesNotContain("FAILED");
    assertThat(texts("select state from run")).containsExactly("FINISHED");
    assertThat(texts("select failures::text from job")).containsExactly("0");
    assertThat(texts("select external_id from work_item")).hasSize(CARDS);
  }

  @Test
  void what_an_operator_wishes_is_heard_again_when_the_database_is_back() {
    box.hold("after=red-019");
    node.post("jobs/" + job + "/start");
    await().atMost(Duration.ofSeconds(20)).until(() -> box.waiting() > 0);
    valve.shut();
    jdbc.sql("update run set wish = 'STOP', stop_mode = 'now', wish_reason = 'elsewhere'").update();

    valve.open();

    await().atMost(Duration.ofSeconds(30)).until(() -> state().equals("NOT_STARTED"));
    assertThat(box.waiting()).as("the source has not answered").isEqualTo(1);
  }

  private String state() {
    return texts("select state from job").getFirst();
  }

  private List<String> texts(String sql) {
    return jdbc.sql(sql).query(String.class).list();
  }
}
