package dev.pulse.etl.ingest;

import dev.pulse.etl.EtlTest;
import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.connectors.Partition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What it costs that a page can be resumed after: pages stored as always, against the same rows of
 * the same pages in a transaction each and nothing else, which leaves out the fence, the
 * checkpoint, the counters, and the care for debts and quarantined records. It measures and asserts
 * nothing.
 */
@Tag("bench")
class CheckpointCostTest extends EtlTest {

  /** Rounds until the code that stores is compiled. */
  private static final int WARM_UP = 4;

  private static final int ROUNDS = 9;
  private static final int PAGES = 50;
  private static final long CONNECTION = 9;

  @Autowired PageStore store;
  @Autowired JdbcClient jdbc;

  @Autowired
  @Qualifier("ingest")
  JdbcTemplate ingest;

  @Autowired
  @Qualifier("ingestTransactions")
  PlatformTransactionManager transactions;

  @Test
  void checkpoint_overhead_per_page() {
    jdbc.sql(
            "insert into run_lease (run_id, owner, token, expires) values (9, 'bench', 1, now() +"
                + " interval '1 hour')")
        .update();
    var whole = new ArrayList<Double>();
    var rowsAlone = new ArrayList<Double>();
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      boolean wholeFirst = round % 2 == 0;
      double first = millisPerPage(wholeFirst);
      double second = millisPerPage(!wholeFirst);
      if (round < WARM_UP) continue;
      whole.add(wholeFirst ? first : second);
      rowsAlone.add(wholeFirst ? second : first);
    }
    System.out.printf(
        "ms=%.2f%npage_ms=%.2f%nrows_alone_ms=%.2f%nrows_per_page=%d%npages=%d%n",
        median(whole) - median(rowsAlone),
        median(whole),
        median(rowsAlone),
        LoadToCopyTest.ITEMS * (1 + LoadToCopyTest.CHANGES),
        ROUNDS * PAGES);
  }

  private double millisPerPage(boolean whole) {
    jdbc.sql("truncate work_item, work_item_change, checkpoint, run_stream").update();
    jdbc.sql("checkpoint").update();
    long begun = System.nanoTime();
    if (whole) storePages();
    else storeRows();
    return (System.nanoTime() - begun) / 1e6 / PAGES;
  }

  private void storePages() {
    var run = new RunScope(new Fence(9, 1), CONNECTION, Scope.ALL, null);
    var key = new Checkpoint.Key(CONNECTION, "bench", new Partition("a", "a"));
    for (int page = 0; page < PAGES; page++) {
      store.save(
          run,
          LoadToCopyTest.page("a", page),
          new Checkpoint(key, null, null, null, null, page + 1L, Checkpoint.Tally.NOTHING));
    }
  }

  private void storeRows() {
    var tables = new RecordTables(ingest);
    var transaction = new TransactionTemplate(transactions);
    for (int page = 0; page < PAGES; page++) {
      var rows = LoadToCopyTest.page("a", page);
      transaction.executeWithoutResult(_ -> tables.write(CONNECTION, rows, Writing.TRUSTING));
    }
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }
}
