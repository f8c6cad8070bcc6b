package dev.pulse.etl.runs;

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

  private final JdbcClient jdbc;
  private final RunParts parts;
  private final Orchestrator orchestrator;

  Pruning(JdbcClient jdbc, RunParts parts, Orchestrator orchestrator) {
    this.jdbc = jdbc;
    this.parts = parts;
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
      parts.forget(old); // a run goes last: what is left of it when this node ends is found again
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
}
