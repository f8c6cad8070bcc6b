package dev.pulse.etl.proofs;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import dev.pulse.local.postgres.LocalPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL is restarted below two nodes in mid-run: every other time at once, as after a power
 * cut.
 */
@Tag("long")
class DatabaseRestartTest extends ProcessTest {

  private @Nullable LocalPostgres postgres;
  private int port;

  @Override
  protected String database() throws IOException {
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Files.writeString(folder.resolve("password"), "postgres");
    return startPostgres().jdbcUrl();
  }

  @AfterEach
  void no_database() {
    if (postgres != null) postgres.close();
  }

  @Test
  void twenty_restarts_of_the_database_lose_nothing_and_double_nothing() throws Exception {
    slow(60);
    var node = start();
    var other = start();
    connect(node);
    for (int restart = 0; restart < 20; restart++) {
      if (allFinished()) restartFromScratch(restart % 2 == 0 ? node : other);
      pause(300, 1_500);
      if (restart % 2 == 0) requireNonNull(postgres).close();
      else stopAtOnce();
      var _ = startPostgres();
      // it has to get on before the next one
      long version = version();
      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptions()
          .until(() -> version() > version || allFinished());
    }
    simulator.faults().clear();
    awaitTruth();
    compareWithUndisturbed(node);
  }

  private long version() {
    return count("select coalesce(sum(version), 0) from checkpoint");
  }

  private LocalPostgres startPostgres() {
    postgres = LocalPostgres.start(folder.resolve("pg"), port, folder.resolve("password"));
    return postgres;
  }

  /** The database writes nothing more, and has to recover when it starts. */
  private void stopAtOnce() throws IOException {
    var pid =
        Long.parseLong(Files.readAllLines(folder.resolve("pg/postmaster.pid")).getFirst().strip());
    var postmaster = ProcessHandle.of(pid).orElseThrow();
    EtlProcess.signal(pid, "QUIT");
    await().atMost(Duration.ofSeconds(30)).until(() -> !postmaster.isAlive());
    requireNonNull(postgres).close(); // lets go of the folder
  }
}
