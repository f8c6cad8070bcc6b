package dev.pulse.local.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Lets nobody into a server without a password. The embedded server is made with an open door, so
 * this closes it at the first start.
 *
 * @param dataDirectory of the server
 */
record PasswordRule(Path dataDirectory) {

  private static final String RULES =
      """
      # Made by Pulse: everybody needs a password.
      local all all scram-sha-256
      host all all 127.0.0.1/32 scram-sha-256
      host all all ::1/128 scram-sha-256
      """;

  static String read(Path passwordFile) {
    try {
      return Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the password cannot be read", e);
    }
  }

  /** Sets the superuser's password and the rules, if they are not in force yet. */
  void enforce(String jdbcUrl, String password) {
    var file = dataDirectory.resolve("pg_hba.conf");
    try (var connection = DriverManager.getConnection(jdbcUrl, "postgres", password);
        var quoting =
            connection.prepareStatement("select format('alter role postgres password %L', ?)");
        var statement = connection.createStatement()) {
      if (Files.readString(file).equals(RULES)) return;
      quoting.setString(1, password);
      try (var quoted = quoting.executeQuery()) {
        quoted.next();
        statement.execute(quoted.getString(1));
      }
      // the server may run as another user than this process: the owner stays as it is
      var draft = dataDirectory.resolve("pg_hba.conf.new");
      Files.copy(
          file, draft, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      Files.writeString(draft, RULES);
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      statement.execute("select pg_reload_conf()");
    } catch (IOException e) {
      throw new UncheckedIOException("the rules of access cannot be written", e);
    } catch (SQLException e) {
      throw new IllegalStateException("the password cannot be set", e);
    }
  }
}
