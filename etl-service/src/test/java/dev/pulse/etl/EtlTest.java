package dev.pulse.etl;

import dev.pulse.local.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a port of its own, with a database of its own. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(
    properties = {
      "pulse.telemetry.endpoint=", // as docker-compose.yml sets it: none
      "pulse.sources.outage.probe-after=10ms",
      "pulse.sources.outage.probe-at-least-every=20ms"
    })
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
    settings.add("pulse.sources.deadline", () -> "5s");
  }

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static {
    // Otherwise each of a thousand waits takes a tenth of a second at least.
    Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
  }

  @LocalServerPort protected int port;

  /** An answer of the service's REST API. */
  public record Reply(int status, JsonNode json) {}

  /** Asks the service, as any client would; {@code json} may be empty. */
  protected Reply api(String method, String path, String json) {
    var body = json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
            .method(method, body)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .build();
    try {
      var answer = HTTP.send(request, BodyHandlers.ofString());
      return new Reply(
          answer.statusCode(),
          JsonMapper.shared().readTree(answer.body().isEmpty() ? "null" : answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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
