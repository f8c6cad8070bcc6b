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
 * Takes a deleted connection's job and runs away at once, in the transaction that deletes it; their
 * events, counters and logs, and all rows, in the background. A run that is going on loses its
 * lease, and with it the right to store: no page can follow. Its node hears that the job is gone,
 * and asks the source nothing more.
 */
@Component
class Deletions {

  private static final Logger log = LoggerFactory.getLogger(Deletions.class);

  private final JdbcClient jdbc;
  private final RunParts parts;
  private final Forgetting forgetting;

  Deletions(JdbcClient jdbc, RunParts parts, Forgetting forgetting) {
    this.jdbc = jdbc;
    this.parts = parts;
    this.forgetting = forgetting;
  }

  /** The job first: whoever claims it waits for that row. */
  @EventListener
  void removeRuns(Connections.Deleted connection) {
    long id = connection.id();
    jdbc.sql("delete from job where id = ?").param(id).update();
    jdbc.sql("delete from run_lease where run_id in (select id from run where job_id = ?)")
        .param(id)
        .update();
    jdbc.sql(
            """
            with runs as (delete from run where job_id = :job returning id)
            insert into deleted_connection (connection_id, runs)
            select :job, coalesce(array_agg(id order by id), '{}') from runs
            """)
        .param("job", id)
        .update();
    jdbc.sql("delete from run_request where job_id = ?").param(id).update();
  }

  @TransactionalEventListener
  void forget(Connections.Deleted connection) {
    inBackground(connection.id());
  }

  /** Goes on with what a node that ended had begun, or one that the database was away from. */
  @EventListener(ApplicationReadyEvent.class)
  void forgetTheRest() {
    jdbc.sql("select connection_id from deleted_connection order by connection_id")
        .query(Long.class)
        .list()
        .forEach(this::inBackground);
  }

  private void inBackground(long connection) {
    Thread.ofVirtual()
        .name("forget-" + connection)
        .start(
            () -> {
              try {
                forget(connection);
              } catch (DataAccessException e) {
                log.warn("Connection {} will be forgotten in the next hour", connection, e);
              }
            });
  }

  /** Whoever else is at it takes away the rest, or finds nothing. */
  private void forget(long connection) {
    jdbc.sql("select runs from deleted_connection where connection_id = ?")
        .param(connection)
        .query((row, n) -> (Long[]) row.getArray("runs").getArray())
        .optional()
        .ifPresent(parts::forget);
    forgetting.forget(connection);
    jdbc.sql("delete from deleted_connection where connection_id = ?").param(connection).update();
  }
}
