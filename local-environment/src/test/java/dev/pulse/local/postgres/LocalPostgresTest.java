package dev.pulse.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {

  private static final String PASSWORD = "it's \\ a secret";
  private static final String READY = "PostgreSQL answers at";

  @Test
  void a_server_that_keeps_its_data_survives_a_crash_of_the_machine(@TempDir Path folder)
      throws Exception {
    try (var server = LocalPostgres.start(folder.resolve("data"), freePort(), password(folder));
        var connection = DriverManager.getConnection(server.jdbcUrl(), "postgres", PASSWORD);
        var statement = connection.createStatement()) {
      for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        try (var shown = statement.executeQuery("show " + setting)) {
          shown.next();
          assertThat(shown.getString(1)).as(setting).isEqualTo("on");
        }
      }
    }
  }

  @Test
  void nobody_gets_in_without_the_password_neither_at_first_nor_after_a_new_start(
      @TempDir Path folder) throws Exception {
    for (int start = 0; start < 2; start++) {
      try (var server = LocalPostgres.start(folder.resolve("data"), freePort(), password(folder))) {
        var url = server.jdbcUrl();
        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "postgres"))
            .hasMessageContaining("password authentication failed");
        try (var connection = DriverManager.getConnection(url, "postgres", PASSWORD)) {
          assertThat(connection.isValid(2)).isTrue();
        }
      }
    }
  }

  @Test
  void two_processes_that_start_in_an_empty_folder_at_once_both_get_a_server(@TempDir Path folder)
      throws Exception {
    var starting = new ArrayList<Process>();
    try {
      for (int i = 0; i < 2; i++) starting.add(process(folder, i));

      for (var process : starting) assertThat(lastLine(process)).startsWith(READY);
    } finally {
      for (var process : starting) {
        process.destroy();
        process.waitFor();
      }
    }
  }

  /** A server of its own, with what it is unpacked from in the shared folder. */
  private static Process process(Path folder, int number) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            LocalPostgres.class.getName(),
            folder.resolve("data" + number).toString(),
            Integer.toString(freePort()),
            password(folder).toString())
        .redirectErrorStream(true)
        .start();
  }

  /** The line that says that it answers, or the last one before it gave up. */
  private static String lastLine(Process process) throws Exception {
    var last = "";
    var out = process.inputReader();
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      last = line;
      if (line.startsWith(READY)) break;
    }
    return last;
  }

  private static Path password(Path folder) throws Exception {
    return Files.writeString(folder.resolve("password"), PASSWORD + "\n");
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
