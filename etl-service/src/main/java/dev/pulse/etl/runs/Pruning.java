package dev.pulse.etl.runs;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets runs that ended long ago, with their events and counters; never a job's latest run, nor
 * one that has not ended. In many short transactions, since it may be a lot.
 */
@Service
class Pruning {

  private static final Logger log = LoggerFactory.getLogger(Pruning.class);
  private static final int AT_ONCE = 500;

  private final JdbcClient jdbc;
  private final Orchestrator orchestrator;
  private final TransactionTemplate transaction;

  Pruning(JdbcClient jdbc, Orchestrator orchestrator, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.orchestrator = orchestrator;
    this.transaction = transaction;
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
      Integer some = transaction.execute(status -> pruneSome(days));
      if (some == null || some == 0) break;
      runs += some;
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

  private int pruneSome(int days) {
    var old =
        jdbc.sql(
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
    if (old.length == 0) return 0;
    for (var part : List.of("run_log", "run_event", "run_stream", "run_plan", "run_lease")) {
      jdbc.sql("delete from %s where run_id = any(?)".formatted(part)).param(old).update();
    }
    return jdbc.sql("delete from run where id = any(?)").param(old).update();
  }
}
