package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.runs.Node.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every control in every state in which a job can be, asked of nodes that do not own the run. What
 * comes of it is how job and run stand, what is wished of the run, and whether the job is forced
 * (!) and activated (*); or the code of the refusal.
 */
class ControlMatrixTest extends TwoNodesTest {

  /**
   * DUE: to begin. LIMITED: its run waits for the source. PAUSING, STOPPING, HOLDING: that is
   * wished of its run. HELD: paused in the middle of a run.
   */
  private static final String TABLE =
      """
                  | start              | force              | stop                 | pause                | resume                     | activate
      NOT_STARTED | PENDING            | PENDING !          | NOT_RUNNING          | PAUSED               | NOT_PAUSED                 | PENDING !*
      FINISHED    | PENDING            | PENDING !          | NOT_RUNNING          | PAUSED               | NOT_PAUSED                 | PENDING !*
      FAILED      | PENDING            | PENDING !          | NOT_RUNNING          | PAUSED               | NOT_PAUSED                 | PENDING !*
      DUE         | PENDING            | PENDING !          | NOT_STARTED          | PAUSED               | PENDING                    | PENDING !*
      LIMITED     | PENDING WAITING    | PENDING WAITING !  | FINISHED STOPPED     | PAUSED WAITING       | PENDING WAITING            | PENDING WAITING !*
      RUNNING     | RUN_ALREADY_ACTIVE | RUN_ALREADY_ACTIVE | RUNNING RUNNING STOP | RUNNING RUNNING PAUSE| RUNNING RUNNING            | RUNNING RUNNING *
      PAUSING     | RUN_ALREADY_ACTIVE | RUN_ALREADY_ACTIVE | RUNNING RUNNING STOP | RUNNING RUNNING PAUSE| RUNNING RUNNING            | RUNNING RUNNING PAUSE *
      STOPPING    | RUN_ALREADY_ACTIVE | RUN_ALREADY_ACTIVE | RUNNING RUNNING STOP | RUN_STOPPING         | RUNNING RUNNING STOP       | RUNNING RUNNING STOP *
      HOLDING     | RUN_ALREADY_ACTIVE | RUN_ALREADY_ACTIVE | RUNNING RUNNING STOP | RUNNING RUNNING PAUSE| RUNNING RUNNING ACTIVATION | RUNNING RUNNING *
      PAUSED      | JOB_PAUSED         | JOB_PAUSED         | NOT_RUNNING          | PAUSED               | PENDING                    | JOB_PAUSED
      HELD        | JOB_PAUSED         | JOB_PAUSED         | NOT_STARTED STOPPED  | PAUSED WAITING       | PENDING WAITING            | JOB_PAUSED
      """;

  private static final long JOB = 800_001;
  private static final long BUSY = 800_002;
  private int turn;
  private long lastAudited;

  static Stream<Arguments> cells() {
    var lines = TABLE.lines().map(ControlMatrixTest::words).toList();
    var controls = lines.getFirst();
    var cells = new ArrayList<Arguments>();
    for (var line : lines.subList(1, lines.size())) {
      for (int i = 1; i < controls.size(); i++) {
        cells.add(Arguments.of(line.getFirst(), controls.get(i), line.get(i)));
      }
    }
    return cells.stream();
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
  }

  /** Another run uses the budget, so nothing here is claimed, and what is done stays to be seen. */
  @BeforeEach
  void a_busy_budget() {
    connection(BUSY);
    job(BUSY, "RUNNING", null);
    run(BUSY, "RUNNING", null, null);
    connection(JOB);
    lastAudited = count("select coalesce(max(id), 0) from audit_event");
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @MethodSource("cells")
  void what_comes_of_a_control(String state, String control, String expected) {
    bring(state);
    var before = seen();

    var first = ask(control, "page");

    if (first.status() == 202) {
      assertThat(seen()).isEqualTo(expected);
      assertThat(first.json().path("consequence").asString()).contains("rows are kept");
      assertThat(audited(control)).isEqualTo(1);
    } else {
      assertThat(first.status()).isEqualTo(409);
      assertThat(first.code()).isEqualTo(expected);
      assertThat(first.json().path("remedy").asString()).isNotBlank();
      assertThat(seen()).isEqualTo(before);
      assertThat(audited(control)).isZero();
    }
    assertConsistent();

    var after = seen();
    var again = ask(control, "page");
    assertThat(again.status()).as("the same once more").isIn(202, 409);
    assertThat(seen()).as("the same once more").isEqualTo(after);
  }

  @ParameterizedTest(name = "{0} now")
  @MethodSource("stops")
  void what_is_asked_for_after_this_page_can_be_asked_for_at_once(String control) {
    bring("RUNNING");
    ask(control, "page");

    accepted(ask(control, "now"));

    assertThat(count("select count(*) from run where job_id = ? and stop_mode = 'now'", JOB))
        .isEqualTo(1);
    accepted(ask(control, "page"));
    assertThat(count("select count(*) from run where job_id = ? and stop_mode = 'now'", JOB))
        .as("and is not taken back")
        .isEqualTo(1);
  }

  static Stream<String> stops() {
    return Stream.of("stop", "pause");
  }

  private Reply ask(String control, String mode) {
    var node = turn++ % 2 == 0 ? a : b;
    return switch (control) {
      case "force" -> node.ask("POST", "jobs/" + JOB + "/start", "{\"force\":true}");
      case "start", "resume" -> node.post("jobs/" + JOB + "/" + control);
      default ->
          node.ask("POST", "jobs/" + JOB + "/" + control, "{\"mode\":\"%s\"}".formatted(mode));
    };
  }

  private void bring(String state) {
    switch (state) {
      case "NOT_STARTED", "FAILED", "PAUSED" -> job(JOB, state, null);
      case "FINISHED" -> job(JOB, state, "2026-01-01");
      case "DUE" -> job(JOB, "PENDING", null);
      case "LIMITED" -> with(job(JOB, "PENDING", "2026-01-01"), "WAITING", "SOURCE", null);
      case "HELD" -> with(job(JOB, "PAUSED", null), "WAITING", "PAUSED", null);
      case "RUNNING" -> with(job(JOB, "RUNNING", null), "RUNNING", null, null);
      case "PAUSING" -> with(job(JOB, "RUNNING", null), "RUNNING", null, "PAUSE");
      case "STOPPING" -> with(job(JOB, "RUNNING", null), "RUNNING", null, "STOP");
      case "HOLDING" -> {
        with(job(JOB, "RUNNING", null), "RUNNING", null, "ACTIVATION");
        jdbc.sql("update job set activated = true where id = ?").param(BUSY).update();
      }
      default -> throw new IllegalArgumentException(state);
    }
  }

  private void with(long job, String state, @Nullable String waitsFor, @Nullable String wish) {
    run(job, state, waitsFor, wish);
  }

  /** How job and run stand. */
  private String seen() {
    return jdbc.sql(
            """
            select concat_ws(' ', j.state, r.state, r.wish,
              nullif(case when j.forced then '!' else '' end || case when j.activated then '*' else '' end, ''))
            from job j
            left join run r on r.job_id = j.id
            where j.id = ?
            """)
        .param(JOB)
        .query(String.class)
        .single();
  }

  private long audited(String control) {
    return count(
        "select count(*) from audit_event where id > ? and action = ? and target_id = ?",
        lastAudited,
        control.equals("force") ? "job.force-start" : "job." + control,
        Long.toString(JOB));
  }

  private void connection(long id) {
    jdbc.sql(
            """
            insert into connection (id, connector, name, settings, secrets, scope, network)
            overriding system value
            values (?, 'toy', ?, '{}', '{}', '{}', '{}')
            on conflict do nothing
            """)
        .params(id, "matrix " + id)
        .update();
  }

  private long job(long id, String state, @Nullable String lastSuccess) {
    jdbc.sql(
            """
            insert into job (id, state, last_success, budget_keys, next_due_at)
            values (?, ?, ?::timestamptz, '{matrix}', case when ?::text = 'PENDING' then clock_timestamp() end)
            """)
        .params(Arrays.asList(id, state, lastSuccess, state))
        .update();
    return id;
  }

  private void run(long job, String state, @Nullable String waitsFor, @Nullable String wish) {
    long run =
        jdbc.sql(
                """
                insert into run (job_id, state, waits_for, wish, stop_mode)
                values (?, ?, ?, ?, case when ?::text is not null then 'page' end)
                returning id
                """)
            .params(Arrays.asList(job, state, waitsFor, wish, wish))
            .query(Long.class)
            .single();
    jdbc.sql("update job set run_id = ? where id = ?").params(run, job).update();
    jdbc.sql(
            """
            insert into run_lease (run_id, owner, token, expires)
            values (?, 'somebody', 1, case ?::text when 'RUNNING' then 'infinity' else clock_timestamp() end)
            """)
        .params(run, state)
        .update();
  }
}
