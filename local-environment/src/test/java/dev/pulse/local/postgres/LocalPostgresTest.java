package dev.pulse.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {

  @Test
  void a_server_that_keeps_its_data_survives_a_crash_of_the_machine(@TempDir Path folder)
      throws Exception {
    try (var server = LocalPostgres.start(folder.resolve("data"), freePort());
        var connection = LocalPostgres.connect(server.jdbcUrl());
        var statement = connection.createStatement()) {
      for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        try (var shown = statement.executeQuery("show " + setting)) {
          shown.next();
          assertThat(shown.getString(1)).as(setting).isEqualTo("on");
        }
      }
    }
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
