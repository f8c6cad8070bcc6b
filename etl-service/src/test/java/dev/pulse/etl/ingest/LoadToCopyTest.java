package dev.pulse.etl.ingest;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.Position;
import dev.pulse.etl.connectors.records.WorkItem;
import dev.pulse.etl.connectors.records.WorkItemChange;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How fast pages are stored, against PostgreSQL's own bulk load of the same rows into the same
 * empty tables with the same indexes: one thread that stores against one COPY. It measures and
 * asserts nothing.
 */
@Tag("bench")
class LoadToCopyTest extends EtlTest {

  /** Rounds until the code that stores is compiled, as it is after a minute of a first sync. */
  private static final int WARM_UP = 3;

  private static final int PAGES = 100;
  static final int ITEMS = 200;
  static final int CHANGES = 4;
  private static final int ROWS = PAGES * ITEMS * (1 + CHANGES);

  @Autowired PageStore store;
  @Autowired JdbcClient jdbc;
  @Autowired DataSourceProperties database;

  @Test
  void load_to_copy_ratio() throws Exception {
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (9, 'bench', 1, now() +"
                + " interval '1 hour')")
        .update();
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < WARM_UP + 5; round++) {
      double load = seconds(() -> load("a"));
      var items = dump("work_item");
      var changes = dump("work_item_change");
      empty();
      double copy = seconds(() -> copy("work_item", items) + copy("work_item_change", changes));
      empty();
      System.out.printf("load %.0f rows/s, copy %.0f rows/s%n", ROWS / load, ROWS / copy);
      if (round >= WARM_UP) ratios.add(copy / load);
    }
    System.out.printf(
        "load_to_copy_ratio=%.2f%n", ratios.stream().sorted().toList().get(ratios.size() / 2));
  }

  private long load(String partition) {
    var run = new RunScope(new Fence(9, 1), 9, Scope.ALL, null);
    var key = new Checkpoint.Key(9, "bench", new Partition(partition, partition));
    for (int page = 0; page < PAGES; page++) {
      store.save(
          run,
          page(partition, page),
          new Checkpoint(key, null, null, null, null, page + 1L, Checkpoint.Tally.NOTHING));
    }
    return ROWS;
  }

  static Page page(String partition, int number) {
    var at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number);
    var page = Page.servedAt(at);
    for (int i = 0; i < ITEMS; i++) {
      var id = partition + (number * ITEMS + i);
      page.add(
          new WorkItem(
              "issue",
              id,
              "KEY-" + id,
              "10000",
              "10001",
              "3",
              "Title of " + id,
              "Some text. ".repeat(20),
              "High",
              null,
              "account-1",
              "account-2",
              null,
              "[\"a\",\"b\"]",
              3.0,
              at,
              at,
              null,
              null,
              "https://example/" + id,
              "{\"customfield_1\":\"x\",\"customfield_2\":[1,2,3]}",
              null));
      for (int c = 0; c < CHANGES; c++) {
        page.add(
            new WorkItemChange(
                id + ":" + c,
                "issue",
                id,
                "status",
                "status",
                "3",
                "In Progress",
                "4",
                "Done",
                "account-1",
                at));
      }
    }
    return page.next(new Position("" + number));
  }

  private String dump(String table) throws Exception {
    try (var connection = open()) {
      var out = new StringWriter();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy etl." + table + " to stdout", out);
      return out.toString();
    }
  }

  private long copy(String table, String rows) throws Exception {
    try (var connection = open()) {
      connection.createStatement().execute("set synchronous_commit = off");
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy etl." + table + " from stdin", new StringReader(rows));
    }
  }

  private void empty() {
    jdbc.sql("truncate work_item, work_item_change, checkpoint, run_stream").update();
    jdbc.sql("checkpoint").update();
  }

  private Connection open() throws Exception {
    return DriverManager.getConnection(
        database.getUrl(), database.getUsername(), database.getPassword());
  }

  private static double seconds(Callable<Long> work) throws Exception {
    long from = System.nanoTime();
    work.call();
    return (System.nanoTime() - from) / 1e9;
  }
}
