package dev.pulse.etl.ingest;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A connection of its own for each test, with a source that does what the test says. */
abstract class ScriptedSync extends EtlTest {

  private static final AtomicInteger IDS = new AtomicInteger(500_000);

  @Autowired Sync sync;
  @Autowired JdbcClient jdbc;

  final ScriptedSource source = new ScriptedSource();
  final List<String> removed = new ArrayList<>();
  Scope scope = Scope.ALL;
  long connection;
  long run;

  @BeforeEach
  void a_connection_of_its_own() {
    jdbc.sql("delete from scope_element").update();
    connection = IDS.incrementAndGet();
  }

  void sync() throws InterruptedException {
    sync(new StopSignal());
  }

  void sync(StopSignal stop) throws InterruptedException {
    run = IDS.incrementAndGet();
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (?, 'test', 1, now() +"
                + " interval '1 minute')")
        .param(run)
        .update();
    sync.run(
        new RunScope(new Fence(run, 1), connection, scope, null),
        source,
        stop,
        new Sync.Listener() {
          @Override
          public void unreadable(
              String stream, Partition partition, String reason, String remedy) {}

          @Override
          public void removed(Partition element, long rows) {
            removed.add(element.label() + " " + rows);
          }
        });
  }

  long count(String table) {
    return jdbc.sql("select count(*) from " + table + " where connection_id = ?")
        .param(connection)
        .query(Long.class)
        .single();
  }
}
