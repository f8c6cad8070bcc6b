package dev.pulse.etl.monitoring;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.connectors.toy.ToyBox;
import dev.pulse.etl.platform.meters.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Prometheus is told of a service that has worked. */
class MetricsTest extends MonitoredTest {

  private static final Path DOCS = Path.of("../docs/etl/monitoring.md");
  private static final Path RULES = Path.of("../docs/monitoring/alerts.rules.yaml");
  private static final int CARDS = 35;

  @Autowired JdbcClient jdbc;
  private final ToyBox box = new ToyBox();
  private long job;

  @BeforeEach
  void a_job_that_has_run() {
    for (int i = 0; i < CARDS; i++) {
      box.put("red", i, "Red " + i, Instant.EPOCH.plusSeconds(i).toString());
    }
    job = connect(box);
    api("POST", "jobs/" + job + "/start", "");
    await().atMost(Duration.ofSeconds(30)).until(() -> state(job).equals("FINISHED"));
  }

  @AfterEach
  void no_job() {
    api("DELETE", "connections/" + job, "");
    jdbc.sql("delete from rate_budget where budget_key = 'toy:metrics'").update();
    jdbc.sql("delete from owed where connection_id = ?").param(job).update();
    jdbc.sql("delete from quarantine where connection_id = ?").param(job).update();
    box.close();
  }

  @Test
  void what_a_run_did_is_counted() {
    var told = scrape();

    assertThat(sample(told, "pulse_runs_started_total")).isPositive();
    assertThat(sample(told, "pulse_runs_ended_total{outcome=\"finished\"}")).isPositive();
    assertThat(sample(told, "pulse_pages_total{connector=\"toy\",stream=\"cards\"}")).isPositive();
    assertThat(sample(told, "pulse_rows_total{connector=\"toy\",result=\"new\",stream=\"cards\"}"))
        .isGreaterThanOrEqualTo(CARDS);
    assertThat(
            sample(
                told,
                "pulse_source_requests_seconds_count"
                    + "{connector=\"toy\",operation=\"cards\",status=\"2xx\"}"))
        .isPositive();
  }

  @Test
  void a_run_that_fails_is_counted_with_its_request() {
    api("DELETE", "connections/" + job, "");
    double before = sample(scrape(), "pulse_runs_ended_total{outcome=\"failed\"}");
    box.breakAt("/boards", 401);
    job = connect(box);

    api("POST", "jobs/" + job + "/start", "");

    await().atMost(Duration.ofSeconds(30)).until(() -> state(job).equals("FAILED"));
    assertThat(sample(scrape(), "pulse_runs_ended_total{outcome=\"failed\"}"))
        .isEqualTo(before + 1);
    assertThat(scrape()).contains("connector=\"toy\",operation=\"boards\",status=\"4xx\"");
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(line("pulse_job_failures", job)).endsWith(" 1.0"));
  }

  @Test
  void a_wait_for_the_source_is_told() {
    double before = sample(scrape(), "pulse_rate_limit_waits_seconds_count");
    box.allow(1, 3_600);

    api("POST", "jobs/" + job + "/start", "");

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(scrape()).contains("pulse_runs{state=\"waiting\"} 1.0"));
    assertThat(sample(scrape(), "pulse_rate_limit_waits_seconds_count")).isEqualTo(before + 1);
    assertThat(sample(scrape(), "pulse_rate_limit_waits_seconds_sum")).isGreaterThan(3_000);
  }

  @Test
  void every_measure_is_told_and_documented() throws IOException {
    everything();

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(families()).containsAll(measures()));
    var expected =
        Arrays.stream(Measure.values())
            .map(
                each ->
                    "| `%s` | %s | %s |"
                        .formatted(each.exposed(), labels(each.tags()), each.meaning()))
            .collect(Collectors.joining("\n"));
    assertThat(Files.readString(DOCS)).as("the table of metrics").contains(expected);
  }

  @Test
  void what_is_told_of_pulse_is_a_measure() {
    assertThat(families().stream().filter(name -> name.startsWith("pulse_")))
        .isSubsetOf(measures());
  }

  @Test
  void every_metric_that_a_rule_asks_for_is_told() throws IOException {
    everything();
    var asked =
        Files.readAllLines(RULES).stream()
            .filter(line -> line.strip().startsWith("expr:") || line.startsWith("          "))
            .flatMap(
                line -> Pattern.compile("\\b(pulse|jvm|hikaricp)_[a-z_]+").matcher(line).results())
            .map(found -> found.group())
            .collect(toSet());

    assertThat(asked).hasSizeGreaterThan(10);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              var told = scrape();
              assertThat(asked)
                  .allSatisfy(name -> assertThat(told).containsPattern("(?m)^" + name + "[{ ]"));
            });
  }

  @Test
  void the_pools_and_the_machine_are_told() {
    assertThat(scrape())
        .contains("hikaricp_connections_active{pool=\"ingest\"}")
        .contains("jvm_memory_used_bytes{area=\"heap\"")
        .contains("http_server_requests_seconds_count");
  }

  @Test
  void no_label_holds_an_id_of_a_record() {
    assertThat(
            scrape().lines().filter(line -> line.startsWith("pulse_source_requests_seconds_count")))
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line).matches(".*\\{connector=\"[a-z-]+\",operation=\"\\D*\",status.*"));
  }

  @Test
  void a_job_is_as_late_as_the_times_that_it_missed() {
    jdbc.sql(
            """
            update job
               set interval_seconds = 600, last_success = clock_timestamp() - interval '35 minutes'
             where id = ?
            """)
        .param(job)
        .update();

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(line("pulse_job_missed", job)).endsWith(" 3.0"));
    assertThat(value(line("pulse_job_lag_seconds", job))).isBetween(2_100.0, 2_400.0);
  }

  /** Lets every gauge have something to say. */
  private void everything() {
    jdbc.sql(
            """
            insert into rate_budget (budget_key, resource, allowance, remaining, resets_at)
            values ('toy:metrics', 'requests', 100, 25, clock_timestamp() + interval '1 hour')
            """)
        .update();
    jdbc.sql(
            """
            insert into owed (connection_id, stream, parent_id, partition, label, detail)
            values (?, 'cards', '1', 'red', 'Red', '')
            """)
        .param(job)
        .update();
    jdbc.sql(
            """
            insert into quarantine (connection_id, stream, partition, label, external_id, reason, raw)
            values (?, 'cards', 'red', 'Red', '1', 'a test', '{}')
            """)
        .param(job)
        .update();
    box.breakAt("/boards", 503);
    api("POST", "jobs/" + job + "/start", "");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> scrape().contains("pulse_page_retries_total{stream=\"boards\"}"));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(scrape())
                    .contains(
                        "pulse_budget_left_ratio{budget=\"toy:metrics\",resource=\"requests\"}"
                            + " 0.25"));
  }

  private Set<String> families() {
    return scrape()
        .lines()
        .filter(line -> line.startsWith("# TYPE"))
        .map(line -> line.split(" ")[2])
        .filter(name -> !name.endsWith("_max"))
        .collect(toSet());
  }

  private static Set<String> measures() {
    return Arrays.stream(Measure.values()).map(Measure::exposed).collect(toSet());
  }

  private static String labels(List<String> tags) {
    return tags.stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
  }

  private String line(String name, long of) {
    return scrape()
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains("job=\"" + of + "\""))
        .findFirst()
        .orElse("");
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  private static double sample(String told, String name) {
    return told.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(MetricsTest::value)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }
}
