package dev.pulse.etl.runs;

import dev.pulse.etl.connections.Connections;
import dev.pulse.etl.ingest.Forgetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Takes a deleted connection's job and runs away at once, in the transaction that deletes it, and
 * its rows in the background. A run that is going on loses its lease, and with it the right to
 * store: no page can follow. Its node hears that the job is gone, and asks the source nothing more.
 */
@Component
class Deletions {

  private static final Logger log = LoggerFactory.getLogger(Deletions.class);

  private final JdbcClient jdbc;
  private final Forgetting forgetting;

  Deletions(JdbcClient jdbc, Forgetting forgetting) {
    this.jdbc = jdbc;
    this.forgetting = forgetting;
  }

  /** The job first: whoever claims it waits for that row. */
  @EventListener
  void removeRuns(Connections.Deleted connection) {
    long id = connection.id();
    jdbc.sql("delete from job where id = ?").param(id).update();
    for (var part :
        new String[] {"run_lease", "run_event", "run_stream", "run_plan", "run_wait", "run_log"}) {
      jdbc.sql(
              "delete from %s where run_id in (select id from run where job_id = ?)"
                  .formatted(part))
          .param(id)
          .update();
    }
    jdbc.sql("delete from run where job_id = ?").param(id).update();
    jdbc.sql("delete from run_request where job_id = ?").param(id).update();
  }

  @TransactionalEventListener
  void forget(Connections.Deleted connection) {
    inBackground(connection.id());
  }

  /** Goes on with what a node that ended had begun. */
  @EventListener(ApplicationReadyEvent.class)
  void forgetTheRest() {
    forgetting.halfForgotten().forEach(this::inBackground);
  }

  private void inBackground(long connection) {
    Thread.ofVirtual()
        .name("forget-" + connection)
        .start(
            () -> {
              try {
                forgetting.forget(connection);
              } catch (DataAccessException e) {
                log.warn("Connection {} will be forgotten after a restart", connection, e);
              }
            });
  }
}
