package dev.pulse.etl.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.toy.ToyBox;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counters that rise only when something went wrong, and by how much. */
class CountersTest extends MonitoredTest {

  private static final String TAKEOVERS = "pulse_lease_takeovers_total";
  private static final String MISFIRES = "pulse_quartz_misfires_total";
  private static final String RETRIES = "pulse_page_retries_total{stream=\"boards\"}";

  /** As {@code pulse.ingest.attempts} says. */
  private static final int ATTEMPTS = 5;

  @Autowired JdbcClient jdbc;
  private final ToyBox box = new ToyBox();
  private long job;

  @BeforeEach
  void a_job() {
    box.put("red", 1, "Red", "2026-01-01T00:00:00Z");
    job = connect(box);
  }

  @AfterEach
  void no_job() {
    api("DELETE", "connections/" + job, "");
    box.close();
  }

  @Test
  void a_run_that_goes_on_after_its_node_was_lost_is_counted_once() {
    double before = counted(TAKEOVERS);
    box.hold();
    api("POST", "jobs/" + job + "/start", "");
    soon().until(() -> box.waiting() > 0);

    jdbc.sql("update run_lease set owner = 'gone', token = token + 1, expires = '-infinity'")
        .update();
    soon().until(() -> counted(TAKEOVERS) > before);
    box.release();
    soon().until(() -> state(job).equals("FINISHED"));

    assertThat(counted(TAKEOVERS)).isEqualTo(before + 1);
  }

  @Test
  void each_time_that_a_page_is_asked_for_once_more_is_counted() {
    double before = counted(RETRIES);
    box.breakAt("/boards", 503);

    api("POST", "jobs/" + job + "/start", "");
    soon().until(() -> state(job).equals("FAILED"));

    assertThat(counted(RETRIES)).isEqualTo(before + ATTEMPTS - 1);
  }

  /** The trigger is set back, as if all nodes had been down at its time. */
  @Test
  void a_time_at_which_no_node_was_there_is_counted_once() {
    double before = counted(MISFIRES);
    long past = Instant.now().minus(Duration.ofHours(3)).toEpochMilli();

    jdbc.sql("update qrtz_triggers set next_fire_time = ? where trigger_name = ?")
        .params(past, Long.toString(job))
        .update();
    soon().until(() -> state(job).equals("FINISHED"));

    assertThat(counted(MISFIRES)).isEqualTo(before + 1);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30));
  }

  /** Nought if it was not told yet. */
  private double counted(String name) {
    return scrape()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }
}
