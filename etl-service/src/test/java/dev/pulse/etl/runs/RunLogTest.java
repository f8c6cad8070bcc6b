package dev.pulse.etl.runs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.runs.RunEvents.RunError;
import dev.pulse.model.FailureCategory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What is logged of a run is found at the run. */
class RunLogTest extends EtlTest {

  private static final long JOB = 700_501;
  private static final Logger log = LoggerFactory.getLogger(RunLogTest.class);

  @Autowired RunLog runLog;
  @Autowired RunEvents events;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  private long run;

  @BeforeEach
  void a_run() {
    runLog.stop(); // another service in this JVM may have set up logging anew
    runLog.start();
    run =
        jdbc.sql("insert into run (job_id, state) values (?, 'FINISHED') returning id")
            .param(JOB)
            .query(Long.class)
            .single();
  }

  @AfterEach
  void no_run() {
    MDC.clear();
    for (var table : List.of("run_log", "run_event")) {
      jdbc.sql("delete from %s where run_id = ?".formatted(table)).param(run).update();
    }
    jdbc.sql("delete from run where id = ?").param(run).update();
  }

  @Test
  void a_line_with_a_run_is_kept_with_its_stream_and_one_without_is_not() {
    log.info("of no run");
    inRun("issues", () -> log.debug("too much detail"));
    inRun("issues", () -> log.info("Asking again in {} ms", 200));
    inRun(null, () -> log.warn("Run failed", new IllegalStateException("the disk is full")));

    var lines = awaitLines(2);

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst().path("message").asString()).isEqualTo("Asking again in 200 ms");
    assertThat(lines.getFirst().path("stream").asString()).isEqualTo("issues");
    assertThat(lines.getFirst().path("level").asString()).isEqualTo("INFO");
    assertThat(lines.getFirst().path("at").asString()).endsWith("Z");
    assertThat(lines.getFirst().path("node").asString()).isNotBlank();
    assertThat(lines.getLast().path("stream").isNull()).isTrue();
    assertThat(lines.getLast().path("message").asString())
        .isEqualTo("Run failed: java.lang.IllegalStateException: the disk is full");
  }

  @Test
  void an_event_of_a_run_is_in_its_log_by_its_kind_whichever_thread_tells_it() {
    MDC.put("run", "1");
    events.append(run, "ASKED", "Asked to end: lunch");
    events.wrong(
        run, "UNREADABLE", "no", new RunError(FailureCategory.CONFIGURATION, "X", "s", "r"));

    var lines = awaitLines(2);

    assertThat(lines)
        .extracting(each -> each.path("code").asString())
        .containsExactly("ASKED", "UNREADABLE");
    assertThat(lines)
        .extracting(each -> each.path("level").asString())
        .containsExactly("INFO", "WARN");
    assertThat(MDC.get("run")).isEqualTo("1");
  }

  @Test
  void an_event_is_in_the_log_of_a_run_that_began_in_the_same_transaction() {
    long begun =
        requireNonNull(
            transaction.execute(
                status -> {
                  long id =
                      jdbc.sql(
                              "insert into run (job_id, state) values (?, 'FINISHED') returning id")
                          .param(JOB)
                          .query(Long.class)
                          .single();
                  events.append(id, "STARTED", "Started");
                  inRun(null, () -> log.info("later"));
                  await().until(() -> counted() == 1);
                  return id;
                }));

    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.sql("select code from run_log where run_id = ?")
                            .param(begun)
                            .query(String.class)
                            .list())
                    .containsExactly("STARTED"));
  }

  @Test
  void lines_are_found_by_level_text_and_stream_page_by_page() {
    for (int i = 0; i < 30; i++) {
      int n = i;
      inRun(i % 2 == 0 ? "even" : "odd", () -> log.info("Line {} of 100% _sure_", n));
    }
    inRun("odd", () -> log.error("It broke"));
    awaitLines(31);

    assertThat(read("level=ERROR")).hasSize(1);
    assertThat(read("stream=odd")).hasSize(16);
    assertThat(read("stream=odd&text=BROKE")).hasSize(1);
    assertThat(read("text=100%25%20_SURE_")).as("no pattern, but text").hasSize(30);
    assertThat(read("text=%25sure%25")).isEmpty();
    assertThat(read("text=%00")).isEmpty();
    assertThat(read("limit=7"))
        .extracting(each -> each.path("id").asLong())
        .hasSize(31)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "level=LOUD,level",
    "limit=0,limit",
    "limit=201,limit",
    "cursor=-1,cursor",
    "who=me,who"
  })
  void what_cannot_be_meant_is_refused_by_name(String query, String field) {
    var reply = api("GET", "runs/%d/log?%s".formatted(run, query), "");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors").path(0).path("field").asString()).isEqualTo(field);
    assertThat(api("GET", "runs/987654321/log", "").status()).isEqualTo(404);
  }

  @Test
  void a_line_stays_one_line_whatever_a_source_wrote() {
    inRun(null, () -> log.info("No {}", "a\r\n2026 ERROR forged\u001b[31m\u2028b\u0000\ud800c"));

    assertThat(awaitLines(1).getFirst().path("message").asString())
        .isEqualTo("No a 2026 ERROR forged [31m b \ufffdc");
  }

  @Test
  void lines_alike_become_one_that_says_how_many() {
    inTheWay(
        () -> {
          for (int i = 0; i < 100; i++) inRun("issues", () -> log.info("Asking again"));
        });

    await().until(() -> counted() == 100);
    assertThat(read("")).hasSizeLessThan(5);
  }

  @Test
  void a_run_does_not_wait_for_its_log_and_what_is_not_kept_is_counted() {
    inTheWay(
        () -> {
          for (int i = 0; i < 6_000; i++) {
            int n = i;
            inRun("issues", () -> log.info("Line {}", n));
          }
        });

    await().atMost(Duration.ofSeconds(30)).until(() -> counted() == 6_000);
    var told = read("level=WARN");
    assertThat(told).isNotEmpty();
    assertThat(told)
        .allSatisfy(each -> assertThat(each.path("code").asString()).isEqualTo("NOT_KEPT"));
    assertThat(told.stream().mapToLong(each -> each.path("count").asLong()).sum())
        .isGreaterThan(3_000);
  }

  @Test
  void lines_of_a_run_that_is_gone_are_left_out() {
    long gone = run + 1_000_000;
    try (var _ = RunLog.of(gone)) {
      log.info("nobody's");
    }
    inRun(null, () -> log.info("mine"));

    awaitLines(1);
    assertThat(
            jdbc.sql("select count(*) from run_log where run_id = ?")
                .param(gone)
                .query(Long.class)
                .single())
        .isZero();
  }

  /** While nothing can be stored. */
  private void inTheWay(Runnable work) {
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql("lock table run_log in access exclusive mode").update();
          work.run();
        });
  }

  private void inRun(@Nullable String stream, Runnable work) {
    MDC.put("run", Long.toString(run));
    if (stream != null) MDC.put("stream", stream);
    try {
      work.run();
    } finally {
      MDC.clear();
    }
  }

  private long counted() {
    return jdbc.sql("select coalesce(sum(count), 0) from run_log where run_id = ?")
        .param(run)
        .query(Long.class)
        .single();
  }

  private List<JsonNode> awaitLines(int count) {
    await().until(() -> counted() >= count);
    return read("");
  }

  /** All pages. */
  private List<JsonNode> read(String query) {
    var all = new ArrayList<JsonNode>();
    var cursor = "";
    while (true) {
      var reply = api("GET", "runs/%d/log?cursor=%s&%s".formatted(run, cursor, query), "");
      assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
      reply.json().path("items").forEach(all::add);
      if (!reply.json().path("next").isString()) return all;
      cursor = reply.json().path("next").asString();
    }
  }
}
