package dev.pulse.local.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which node has which run, as the leases in the database tell. */
final class RunHolders {

  private final LocalStack stack;
  private final TreeMap<Long, Long> seen = new TreeMap<>();

  RunHolders(LocalStack stack) {
    this.stack = stack;
  }

  /** The node that works on the run of a job; empty if none does. */
  Optional<StartedProcess> of(long job) {
    look();
    return Optional.ofNullable(seen.get(job)).flatMap(this::node);
  }

  /** Looks, and remembers who had what. */
  void look() {
    try (var database = open();
        var leases =
            prepared(
                database,
                """
                select r.job_id, split_part(l.owner, '@', 1)
                from etl.run r
                join etl.run_lease l on l.run_id = r.id
                where r.state = 'RUNNING' and l.expires > clock_timestamp() and l.owner like '%@%'
                """);
        var rows = leases.executeQuery()) {
      while (rows.next()) seen.put(rows.getLong(1), Long.valueOf(rows.getString(2)));
    } catch (SQLException e) {
      throw new LauncherProblem("The database cannot be asked: " + e.getMessage(), "Try again.", e);
    }
  }

  /** How many of the jobs that were seen a node had last. */
  long countOf(String node) {
    var process = stack.process(node);
    return seen.values().stream()
        .filter(pid -> process.filter(each -> each.pid() == pid).isPresent())
        .count();
  }

  private Optional<StartedProcess> node(long pid) {
    return Stream.of(Programs.ETL, Programs.SECOND_ETL)
        .map(stack::process)
        .flatMap(Optional::stream)
        .filter(each -> each.pid() == pid)
        .findFirst();
  }

  private static PreparedStatement prepared(Connection database, String sql) throws SQLException {
    return database.prepareStatement(sql);
  }

  private Connection open() throws SQLException {
    var database = stack.database();
    return DriverManager.getConnection(
        database.jdbcUrl(), Database.USER, Secrets.read(database.passwordFile()));
  }
}
