package dev.pulse.etl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.local.postgres.LocalPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The engine is killed at random instants, hundreds of times, in a process of its own. */
class LightKillTest {

  private static final int ITEMS = 300;
  private static final int CHANGES = 2;

  private final Random random = new Random(42);
  private String database = "";
  private JdbcClient jdbc;

  @BeforeEach
  void a_database() {
    database = LocalPostgres.shared().freshDatabase();
    Flyway.configure()
        .dataSource(database, "postgres", "postgres")
        .schemas("etl")
        .defaultSchema("etl")
        .load()
        .migrate();
    jdbc = JdbcClient.create(dataSource());
    jdbc.sql("insert into run_lease (run_id, owner, token, expires) values (?, 'test', 1, now())")
        .param(LightSync.RUN)
        .update();
  }

  private DriverManagerDataSource dataSource() {
    return new DriverManagerDataSource(
        database + "?currentSchema=etl&socketTimeout=60", "postgres", "postgres");
  }

  @Test
  void a_hundred_kills_lose_nothing_and_double_nothing() throws Exception {
    assertThat(mismatches(100, "together")).isEmpty();
  }

  @Test
  @Tag("long")
  void five_hundred_kills_lose_nothing_and_double_nothing() throws Exception {
    assertThat(mismatches(500, "together")).isEmpty();
  }

  @Test
  void what_is_rewound_is_read_again_although_it_is_killed() throws Exception {
    finish("together");
    jdbc.sql("delete from work_item where external_id between 'alpha-00100' and 'alpha-00109'")
        .update();
    new Rewinds(new JdbcTemplate(dataSource()))
        .rewind(
            LightSync.CONNECTION,
            new ScriptedSource(),
            new Rewinds.Wanted(ScriptedSource.NOW.minusSeconds(8_950), "items", null));

    for (int pages = 0; pages < 8; pages += 2) kill("together", pages, new ArrayList<>());
    finish("together");

    assertThat(count("select count(*) from work_item")).isEqualTo(2L * ITEMS);
    assertThat(count("select sum(inserted) from run_stream where stream = 'items'"))
        .isEqualTo(2L * ITEMS + 10);
    assertThat(count("select sum(updated) from run_stream where stream = 'items'")).isZero();
  }

  @Test
  void a_backfill_goes_on_from_its_own_checkpoints_although_it_is_killed() throws Exception {
    finish("together");
    jdbc.sql("delete from work_item where external_id between 'alpha-00100' and 'alpha-00109'")
        .update();
    jdbc.sql("delete from work_item_change where work_item_id = 'beta-00007'").update();
    var live = watermarks();
    jdbc.sql(
            "insert into backfill (connection_id, from_at, reason) values (?, timestamptz 'epoch',"
                + " 'x')")
        .param(LightSync.CONNECTION)
        .update();

    for (int pages = 3; pages < 25; pages += 6) kill("together", pages, new ArrayList<>());
    finish("together");

    assertThat(count("select count(*) from backfill where state = 'FINISHED'")).isEqualTo(1);
    assertThat(count("select count(*) from work_item")).isEqualTo(2L * ITEMS);
    assertThat(count("select count(*) from work_item_change")).isEqualTo(2L * ITEMS * CHANGES);
    assertThat(count("select sum(inserted) from run_stream where stream like 'items%'"))
        .isEqualTo(2L * ITEMS + 10);
    assertThat(count("select sum(updated) from run_stream where stream like 'items%'")).isZero();
    assertThat(watermarks()).isEqualTo(live);
  }

  /** Of all checkpoints that there are. */
  private List<String> watermarks() {
    return jdbc.sql(
            "select stream || ' ' || partition || ' ' || coalesce(watermark::text, '') from"
                + " checkpoint order by 1")
        .query(String.class)
        .list();
  }

  @Test
  void the_same_kills_do_harm_when_rows_and_checkpoint_are_committed_apart() throws Exception {
    assertThat(mismatches(25, "apart")).isNotEmpty();
  }

  /** Kills until it has killed often enough; every sync that comes to its end is compared. */
  private List<String> mismatches(int kills, String how) throws IOException, InterruptedException {
    var found = new ArrayList<String>();
    int killed = 0;
    while (killed < kills) {
      var lines = new ArrayList<String>();
      if (kill(how, random.nextInt(14), lines)) killed++;
      found.addAll(lost(lines));
      if (complete()) {
        found.addAll(compare());
        forget();
      }
    }
    finish(how);
    found.addAll(compare());
    return found;
  }

  /**
   * Kills the engine after so many pages, at a random instant.
   *
   * @param lines what it told of its reading is added here
   * @return false if it had come to its end before
   */
  private boolean kill(String how, int pages, List<String> lines)
      throws IOException, InterruptedException {
    var process = start(how);
    var out = process.inputReader(StandardCharsets.UTF_8);
    awaitLine(out, "SYNCING");
    lines.addAll(reads(out, pages));
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(60)));
    boolean alive = process.isAlive();
    process.toHandle().destroyForcibly(); // the process itself would close its output too
    lines.addAll(out.lines().toList());
    awaitEnd(process);
    return alive;
  }

  private void finish(String how) throws IOException, InterruptedException {
    var last = start(how);
    awaitLine(last.inputReader(StandardCharsets.UTF_8), "DONE");
    awaitEnd(last);
  }

  /** So many pages that it reads, or fewer if it comes to its end. */
  private static List<String> reads(BufferedReader out, int pages) throws IOException {
    var lines = new ArrayList<String>();
    for (int page = 0; page < pages; page++) {
      var line = out.readLine();
      if (line == null || line.equals("DONE")) return lines;
      lines.add(line);
    }
    return lines;
  }

  /**
   * A kill costs a partition two pages at the most: the one that was being stored, and the one that
   * was read ahead meanwhile. Those are what the dead process read from where the next one begins.
   */
  private List<String> lost(List<String> lines) {
    var found = new ArrayList<String>();
    for (var partition : ScriptedSource.PROJECTS) {
      var from = openAt(partition);
      if (from == null) continue;
      var begun = LightSync.READS + partition + " ";
      var again =
          lines.stream()
              .filter(line -> line.startsWith(begun))
              .map(line -> line.substring(begun.length()))
              .filter(position -> position.compareTo(from) >= 0)
              .toList();
      if (again.size() > 2) found.add("read again from " + from + ": " + again);
    }
    return found;
  }

  /** Where an open walk goes on; null if none is open. */
  private @Nullable String openAt(String partition) {
    return jdbc.sql(
            "select walk_position from checkpoint where stream = 'items' and partition = ? and"
                + " walk_started_at is not null")
        .param(partition)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  private Process start(String how) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LightSync.class.getName(),
                database,
                Integer.toString(ITEMS),
                how)
            .redirectErrorStream(true)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    // Its output ends with it, so nobody waits for a line for ever.
    CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
    return process;
  }

  private static void awaitEnd(Process process) throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) throw new IllegalStateException("it never ends");
  }

  private static void awaitLine(BufferedReader out, String line) throws IOException {
    var seen = new StringBuilder();
    for (var next = out.readLine(); next != null; next = out.readLine()) {
      if (next.equals(line)) return;
      seen.append(next).append('\n');
    }
    throw new IllegalStateException("the process ended without " + line + ":\n" + seen);
  }

  /** All walks have ended and all debts are paid. */
  private boolean complete() {
    return count(
                "select count(*) from checkpoint where stream = 'items' and walk_started_at is"
                    + " null")
            == 2
        && count("select count(*) from owed") == 0;
  }

  private List<String> compare() {
    var found = new ArrayList<String>();
    expect(found, "items", 2L * ITEMS, "select count(*) from work_item");
    expect(found, "changes", 2L * ITEMS * CHANGES, "select count(*) from work_item_change");
    expect(
        found,
        "items counted",
        2L * ITEMS,
        "select sum(inserted) from run_stream where stream = 'items'");
    expect(
        found,
        "items written twice",
        0,
        "select sum(updated) from run_stream where stream = 'items'");
    expect(
        found,
        "checkpoint steps that were not pages",
        0,
        """
        select sum(abs(c.version - s.pages))
        from checkpoint c
        join run_stream s on s.stream = c.stream and s.partition = c.partition
        where c.stream = 'items'
        """);
    return found;
  }

  private void expect(List<String> found, String what, long expected, String sql) {
    long is = count(sql);
    if (is != expected) found.add(what + ": " + is + " instead of " + expected);
  }

  private void forget() {
    for (var table :
        List.of(
            "work_item", "work_item_change", "checkpoint", "owed", "run_stream", "scope_element")) {
      jdbc.sql("truncate " + table).update();
    }
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).optional().orElse(0L);
  }
}
