package dev.pulse.local.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An embedded PostgreSQL, running as a process of its own. It listens on the loopback address only.
 */
public final class LocalPostgres implements AutoCloseable {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable LocalPostgres shared;

  private final EmbeddedPostgres server;

  private LocalPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts a server whose data stay in {@code dataDirectory} when it stops, as safe as with
   * PostgreSQL's own defaults: the embedded server would otherwise start with {@code -F} (no fsync:
   * a machine that crashes leaves a broken database) and without waiting for any commit. Nobody
   * gets in without a password: other users of the machine reach the loopback address too.
   *
   * @param passwordFile holds the password of the superuser {@code postgres}
   */
  public static LocalPostgres start(Path dataDirectory, int port, Path passwordFile) {
    var password = PasswordRule.read(passwordFile);
    var started =
        start(
            builder()
                .setConnectConfig("password", password)
                .setDataDirectory(dataDirectory)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_wal_size", "2GB"));
    new PasswordRule(dataDirectory).enforce(started.jdbcUrl(), password);
    return started;
  }

  /**
   * The server that all tests of this process share, started at first use. Its data vanish with the
   * process, so it does not wait for the disk, and its superuser needs no password.
   */
  public static synchronized LocalPostgres shared() {
    if (shared == null) {
      shared =
          start(
              builder()
                  .setServerConfig("fsync", "off")
                  .setServerConfig("full_page_writes", "off")
                  .setServerConfig("timezone", "America/St_Johns"));
    }
    return shared;
  }

  public int port() {
    return server.getPort();
  }

  /** URL of the database {@code postgres}, for user {@code postgres}. */
  public String jdbcUrl() {
    return jdbcUrl("postgres");
  }

  /** Makes an empty database and returns its URL. */
  public String freshDatabase() {
    var name = "test_" + DATABASES.incrementAndGet();
    try (var connection = DriverManager.getConnection(jdbcUrl(), "postgres", "postgres");
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("no database could be made", e);
    }
    return jdbcUrl(name);
  }

  /** A connection to a database of this server, for looking at what was stored. */
  public static Connection connect(String jdbcUrl) throws SQLException {
    return DriverManager.getConnection(jdbcUrl, "postgres", "postgres");
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), database);
  }

  private static EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(
            Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "pulse-postgres-" + System.getProperty("user.name"))
                .toFile())
        .setServerConfig("shared_buffers", "256MB")
        .setServerConfig("listen_addresses", "127.0.0.1");
  }

  private static LocalPostgres start(EmbeddedPostgres.Builder builder) {
    try {
      return new LocalPostgres(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start", e);
    }
  }

  /**
   * Runs a server until this process ends: {@code LocalPostgres DATA_DIRECTORY PORT PASSWORD_FILE}.
   */
  public static void main(String[] arguments) throws InterruptedException {
    var server =
        start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2]));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println("PostgreSQL answers at " + server.jdbcUrl());
    Thread.currentThread().join();
  }
}
