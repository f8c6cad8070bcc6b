package dev.pulse.etl;

import dev.pulse.local.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service on a port of its own, with a database of its own. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
public abstract class EtlTest {

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry settings) {
    var url = LocalPostgres.shared().freshDatabase();
    settings.add("spring.datasource.url", () -> url);
    settings.add("spring.datasource.username", () -> "postgres");
    settings.add("spring.datasource.password", () -> "postgres");
    settings.add("management.server.port", () -> 0);
    settings.add("pulse.secrets.kek-file", EtlTest::keyFile);
    settings.add("pulse.sources.allowed-networks", () -> "127.0.0.0/8");
    settings.add("pulse.runs.tick", () -> "200ms");
    settings.add("pulse.ingest.backoff", () -> "20ms");
  }

  private static String keyFile() {
    try {
      var key = new byte[32];
      new SecureRandom().nextBytes(key);
      var file = Files.createTempFile("pulse-kek", ".txt");
      Files.writeString(file, "test:" + Base64.getEncoder().encodeToString(key) + "\n");
      file.toFile().deleteOnExit();
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
