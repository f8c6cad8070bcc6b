package dev.pulse.etl.ingest;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The engine in the whole service, reading a scripted source. */
abstract class SyncFixture extends EtlTest {

  private static final AtomicInteger RUNS = new AtomicInteger(1_000);

  @Autowired Sync sync;
  @Autowired JdbcClient jdbc;

  final ScriptedSource source = new ScriptedSource();
  final List<String> unreadable = new ArrayList<>();
  long connection;
  long run;

  @BeforeEach
  void a_connection_of_its_own() {
    jdbc.sql("delete from scope_element").update();
    connection = RUNS.incrementAndGet();
  }

  final void sync() throws InterruptedException {
    sync(new StopSignal());
  }

  final void sync(StopSignal stop) throws InterruptedException {
    run = RUNS.incrementAndGet();
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (?, 'test', 1, now() +"
                + " interval '1 minute')")
        .param(run)
        .update();
    unreadable.clear();
    sync.run(
        new RunScope(new Fence(run, 1), connection, Scope.ALL, null),
        source,
        stop,
        (stream, partition, reason, remedy) ->
            unreadable.add(stream + " of " + partition.label() + ": " + reason));
  }

  final void forgetCheckpoints() {
    jdbc.sql("delete from checkpoint where connection_id = ?").param(connection).update();
  }

  final long count(String table) {
    return jdbc.sql("select count(*) from " + table + " where connection_id = ?")
        .param(connection)
        .query(Long.class)
        .single();
  }

  final long counter(String column) {
    return jdbc.sql("select coalesce(sum(" + column + "), 0) from run_stream where run_id = ?")
        .param(run)
        .query(Long.class)
        .single();
  }

  /** The physical versions of the rows: a row that is written again gets another. */
  final List<String> versions() {
    return jdbc.sql(
            "select ctid::text || external_id from work_item where connection_id = ? order by 1")
        .param(connection)
        .query(String.class)
        .list();
  }
}
