package dev.pulse.etl.runs;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Forgets runs that ended long ago, with their events and counters; never a job's latest run, nor
 * one that has not ended. In many short transactions, since it may be a lot.
 */
@Service
class Pruning {

  private static final Logger log = LoggerFactory.getLogger(Pruning.class);
  private static final int AT_ONCE = 500;
  private static final int ROWS_AT_ONCE = 10_000;

  private final JdbcClient jdbc;
  private final Orchestrator orchestrator;

  Pruning(JdbcClient jdbc, Orchestrator orchestrator) {
    this.jdbc = jdbc;
    this.orchestrator = orchestrator;
  }

  /**
   * Forgets what is older than the settings say.
   *
   * @return how many runs it was
   */
  int prune() {
    int days = orchestrator.now().settings().keepRunsDays();
    int runs = 0;
    while (true) {
      var old = old(days);
      if (old.length == 0) break;
      for (var part :
          List.of("run_log", "run_event", "run_stream", "run_plan", "run_wait", "run_lease")) {
        empty(part, old);
      }
      runs += jdbc.sql("delete from run where id = any(?)").param(old).update();
    }
    int requests =
        jdbc.sql(
                "delete from run_request where fire_time < clock_timestamp() - make_interval(days"
                    + " => ?)")
            .param(days)
            .update();
    if (runs > 0)
      log.info("Forgot {} runs and {} firings older than {} days", runs, requests, days);
    return runs;
  }

  private Long[] old(int days) {
    return jdbc.sql(
            """
            select id
            from run
            where ended_at < clock_timestamp() - make_interval(days => ?)
              and exists (select from run later where later.job_id = run.job_id and later.id > run.id)
            order by id
            limit ?
            """)
        .params(days, AT_ONCE)
        .query(Long.class)
        .list()
        .toArray(Long[]::new);
  }

  /** A run goes last, so that what is left of it when this node ends is found again. */
  private void empty(String part, Long[] runs) {
    var some =
        "delete from %1$s where ctid = any(array(select ctid from %1$s where run_id = any(?) limit ?))"
            .formatted(part);
    while (jdbc.sql(some).params(runs, ROWS_AT_ONCE).update() > 0) {
      // each time a transaction of its own: logs may be of millions of lines
    }
  }
}
