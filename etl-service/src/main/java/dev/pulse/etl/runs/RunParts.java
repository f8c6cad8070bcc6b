package dev.pulse.etl.runs;

import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Forgets what is known of runs beside the runs themselves: events, counters, logs. In many short
 * transactions, since logs may be of millions of lines.
 */
@Component
class RunParts {

  private static final int RUNS_AT_ONCE = 500;
  private static final int ROWS_AT_ONCE = 10_000;

  private static final List<String> TABLES =
      List.of("run_log", "run_event", "run_stream", "run_plan", "run_wait", "run_lease");

  private final JdbcClient jdbc;

  RunParts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Of any number of runs. Whoever ends in the middle of it may begin again. */
  void forget(Long[] runs) {
    for (int at = 0; at < runs.length; at += RUNS_AT_ONCE) {
      var some = Arrays.copyOfRange(runs, at, Math.min(at + RUNS_AT_ONCE, runs.length));
      for (var table : TABLES) empty(table, some);
    }
  }

  private void empty(String table, Long[] runs) {
    var some =
        "delete from %1$s where ctid = any(array(select ctid from %1$s where run_id = any(?) limit ?))"
            .formatted(table);
    while (jdbc.sql(some).params(runs, ROWS_AT_ONCE).update() > 0) {
      // each time a transaction of its own
    }
  }
}
