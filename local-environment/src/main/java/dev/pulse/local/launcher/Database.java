package dev.pulse.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The checkout's own PostgreSQL: the database and the user that the services work with. */
final class Database {

  static final String USER = "pulse";
  static final String NAME = "pulse";

  private static final String SUPERUSER = "postgres";

  /** As which etl-service reads for those who see only some connections. */
  private static final String NARROWED = "pulse_narrowed";

  private final Checkout checkout;
  private final int port;
  private final Path passwordFile;
  private final Path superuserPasswordFile;

  Database(Checkout checkout, Ports ports, Secrets secrets) {
    this.checkout = checkout;
    this.port = ports.postgres();
    this.passwordFile = secrets.databasePassword();
    this.superuserPasswordFile = secrets.superuserPassword();
  }

  String jdbcUrl() {
    return url(NAME);
  }

  Path passwordFile() {
    return passwordFile;
  }

  Path superuserPasswordFile() {
    return superuserPasswordFile;
  }

  boolean answers() {
    try (var connection = superuser()) {
      return connection.isValid(2);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /**
   * A first start that was cut short has left half a PostgreSQL behind, which would never start.
   */
  void forgetHalfUnpacked() {
    if (!Files.exists(unpacked())) Checkout.delete(checkout.postgresBinaries());
    checkout.postgresBinaries();
  }

  private Path unpacked() {
    return checkout.postgresBinaries().resolve("complete");
  }

  /** Makes the services' user and database, if they are not there. */
  void prepare() {
    var password = Secrets.read(passwordFile);
    markUnpacked();
    try (var connection = superuser();
        var statement = connection.createStatement()) {
      if (!exists(connection, "select 1 from pg_roles where rolname = ?", USER)) {
        statement.execute("create role %s login".formatted(USER));
      }
      if (!exists(connection, "select 1 from pg_roles where rolname = ?", NARROWED)) {
        statement.execute("create role %s nologin".formatted(NARROWED));
      }
      statement.execute("grant %s to %s".formatted(NARROWED, USER));
      // the password file is made by this launcher from letters, digits, - and _
      statement.execute("alter role %s password '%s'".formatted(USER, password));
      if (!exists(connection, "select 1 from pg_database where datname = ?", NAME)) {
        statement.execute("create database %s owner %s".formatted(NAME, USER));
      }
    } catch (SQLException e) {
      throw new LauncherProblem(
          "The database cannot be prepared: " + e.getMessage(), "See .pulse/logs/postgres.log.", e);
    }
  }

  private void markUnpacked() {
    try {
      if (!Files.exists(unpacked())) Files.createFile(unpacked());
    } catch (IOException e) {
      throw Checkout.notWritable(unpacked(), e);
    }
  }

  /** Ends a server that has outlived the process which watched over it. */
  boolean endOrphan() {
    return orphan().map(server -> server.end(Duration.ofSeconds(20))).orElse(false);
  }

  /** PostgreSQL writes down who serves a data directory: pid, directory, start in epoch seconds. */
  private Optional<StartedProcess> orphan() {
    var file = checkout.postgres().resolve("postmaster.pid");
    try {
      if (!Files.exists(file)) return Optional.empty();
      var lines = Files.readAllLines(file);
      var startedAt = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
      var pid = Long.parseLong(lines.getFirst().strip());
      return Optional.of(new StartedProcess("postgres", pid, startedAt, ""))
          .filter(StartedProcess::isAlive);
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      throw new LauncherProblem(
          "%s cannot be read: %s".formatted(file, e.getMessage()),
          "If no PostgreSQL of this checkout runs, delete that file.",
          e);
    }
  }

  private static boolean exists(Connection connection, String sql, String name)
      throws SQLException {
    try (var query = connection.prepareStatement(sql)) {
      query.setString(1, name);
      return query.executeQuery().next();
    }
  }

  private Connection superuser() throws SQLException {
    return DriverManager.getConnection(
        url(SUPERUSER), SUPERUSER, Secrets.read(superuserPasswordFile));
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }
}
