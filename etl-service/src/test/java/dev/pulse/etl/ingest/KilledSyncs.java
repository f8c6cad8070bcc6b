package dev.pulse.etl.ingest;

import dev.pulse.etl.ChildJvm;
import dev.pulse.etl.Migrations;
import dev.pulse.local.postgres.LocalPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** {@link LightSync} in a database of its own, killed at random instants and compared. */
final class KilledSyncs {

  static final int ITEMS = 300;
  static final int CHANGES = 2;

  /** Seconds that nothing takes; the longest is the rehearsal, on a busy machine. */
  private static final int PATIENCE = 240;

  private static final ChildJvm JVM = new ChildJvm(LightSync.class, "-Xmx256m");

  private final Random random;
  private final String database = LocalPostgres.shared().freshDatabase();
  private final JdbcClient jdbc = JdbcClient.create(dataSource(database));

  KilledSyncs(long seed) throws Exception {
    random = new Random(seed);
    Migrations.migrate(database);
    jdbc.sql("insert into run_lease (run_id, owner, token, expires) values (?, 'test', 1, now())")
        .param(LightSync.RUN)
        .update();
    JVM.rehearse(command -> finish(start(command, "together")));
    forget();
  }

  /** Kills until it has killed often enough; every sync that comes to its end is compared. */
  List<String> mismatches(int kills, String how) throws IOException, InterruptedException {
    var found = new ArrayList<String>();
    int killed = 0;
    while (killed < kills && found.isEmpty()) {
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

  /** Kills the engine after so many pages, at a random instant. */
  void kill(int pages) throws IOException, InterruptedException {
    kill("together", pages, new ArrayList<>());
  }

  /** Lets the engine come to its end. */
  void finish() throws IOException, InterruptedException {
    finish("together");
  }

  /** What is stored. */
  JdbcTemplate jdbc() {
    return new JdbcTemplate(dataSource(database));
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
    finish(start(how));
  }

  private static void finish(Process last) throws IOException, InterruptedException {
    var out = last.inputReader(StandardCharsets.UTF_8);
    awaitLine(out, "DONE");
    var _ = out.lines().count(); // whatever else it says must not keep it from ending
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
    return start(JVM.command(), how);
  }

  private Process start(List<String> jvm, String how) throws IOException {
    var command = new ArrayList<>(jvm);
    command.addAll(List.of(database, Integer.toString(ITEMS), how));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    // Its output ends with it, so nobody waits for a line for ever.
    CompletableFuture.delayedExecutor(PATIENCE, TimeUnit.SECONDS).execute(process::destroyForcibly);
    return process;
  }

  private static void awaitEnd(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS))
      throw new IllegalStateException("it never ends");
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

  private static DriverManagerDataSource dataSource(String database) {
    return new DriverManagerDataSource(
        database + "?currentSchema=etl&socketTimeout=60", "postgres", "postgres");
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).optional().orElse(0L);
  }
}
