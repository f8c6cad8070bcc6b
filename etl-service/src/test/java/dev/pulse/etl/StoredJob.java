package dev.pulse.etl;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A job that is only there to have rows: nothing runs it. */
public final class StoredJob {

  private StoredJob() {}

  public static void insert(JdbcClient jdbc, long id, String name) {
    jdbc.sql(
            """
            insert into connection (id, connector, name, settings, secrets, scope, network)
            overriding system value
            values (?, 'scripted', ?, '{}', '{}', '{}', '{}')
            """)
        .params(id, name)
        .update();
    jdbc.sql("insert into job (id) values (?)").param(id).update();
  }

  /** With its runs, and what happened in them. */
  public static void delete(JdbcClient jdbc, long id) {
    for (var sql :
        List.of(
            "delete from run_event where run_id in (select id from run where job_id = ?)",
            "delete from quarantine where connection_id = ?",
            "delete from run where job_id = ?",
            "delete from job where id = ?",
            "delete from connection where id = ?")) {
      jdbc.sql(sql).param(id).update();
    }
  }
}
