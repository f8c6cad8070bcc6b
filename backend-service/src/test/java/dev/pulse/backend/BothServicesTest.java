package dev.pulse.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.pulse.backend.platform.SecretText;
import dev.pulse.local.Simulator;
import dev.pulse.local.github.GitHubApi;
import dev.pulse.local.postgres.LocalPostgres;
import dev.pulse.local.world.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Both services for real on one database, etl-service in a process of its own, and requests between
 * them signed: whatever one of them promises the other keeps.
 */
class BothServicesTest {

  private static final String PASSWORD = "sixteen blue whales";

  @TempDir Path folder;

  @Test
  void what_is_done_through_the_gateway_happens_and_is_seen_everywhere() throws Exception {
    var jar = EtlProcess.jar();
    assumeThat(jar).as("the jar of etl-service: run verify").isPresent();
    var database = LocalPostgres.shared().freshDatabase();
    var keys = BackendTest.internalKeysFile();
    try (var sources = Simulator.start(new World(7, 1, Clock.systemUTC()), 0);
        var etl =
            EtlProcess.start(jar.get(), folder.resolve("etl.log"), etl(database, keys))
                .awaitReady();
        var gateway =
            new SpringApplicationBuilder(BackendService.class)
                .run(gateway(database, keys, etl.url()))) {
      int port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      var browser = new Browser(port);
      assertThat(browser.login("admin@localhost", PASSWORD).status()).isEqualTo(200);
      assertThat(browser.get("/api/etl/jobs").json().path("items")).isEmpty();

      var made = browser.post("/api/etl/connections", connection(sources));
      assertThat(made.status()).as(made.http().body()).isEqualTo(201);
      long job = made.json().path("id").asLong();
      started(port, browser, job);

      overview(browser, job);
      audit(browser, job);
      etl.kill();
      withoutEtl(browser);
    }
  }

  /** The stream of events is open before the job is started, and tells of it. */
  private static void started(int port, Browser browser, long job) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/etl/events".formatted(port)))
            .header("Cookie", "pulse=" + browser.cookie("pulse"))
            .timeout(Duration.ofSeconds(60))
            .build();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var events = http.send(request, BodyHandlers.ofInputStream());
      assertThat(events.statusCode()).isEqualTo(200);
      try (var lines =
          new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
        awaitLine(lines, "event:snapshot");

        var reply =
            browser.post("/api/etl/jobs/%d/start".formatted(job), "{\"reason\":\"to see it\"}");

        assertThat(reply.status()).as(reply.http().body()).isEqualTo(202);
        awaitLine(lines, "event:run");
        assertThat(awaitLine(lines, "data:")).contains("\"jobId\":" + job);
      }
      http.shutdownNow();
    }
  }

  private static String awaitLine(BufferedReader lines, String start) throws IOException {
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.replace(": ", ":").startsWith(start)) return line;
    }
    throw new IOException("the events ended before " + start);
  }

  private static void overview(Browser browser, long job) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              var overview = browser.get("/api/dashboard/overview").json();
              assertThat(overview.path("incomplete")).isEmpty();
              assertThat(overview.at("/jobs/items/0/id").asLong()).isEqualTo(job);
              assertThat(overview.at("/jobs/items"))
                  .hasSize(browser.get("/api/etl/jobs").json().path("items").size());
              assertThat(overview.at("/freshness/items/0/streams")).isNotEmpty();
              assertThat(overview.at("/attention/items").isArray()).isTrue();
            });
  }

  private static void audit(Browser browser, long job) {
    var trail = browser.get("/api/audit?limit=200").json();
    assertThat(trail.path("missing")).isEmpty();
    var told =
        trail
            .path("items")
            .valueStream()
            .map(
                each ->
                    "%s %s %s"
                        .formatted(
                            each.path("source").asString(),
                            each.path("action").asString(),
                            each.path("targetId").asString()))
            .toList();
    assertThat(told)
        .contains("etl-service connection.create " + job, "etl-service job.start " + job)
        .anyMatch(each -> each.startsWith("backend-service session.start "));
    var start = browser.get("/api/audit?action=job.start").json().at("/items/0");
    assertThat(start.path("reason").asString()).isEqualTo("to see it");
    assertThat(start.path("actor").asString()).isEqualTo("user:1");
    assertThat(browser.get("/api/audit.csv").http().body()).contains("\"job.start\"");
  }

  private static void withoutEtl(Browser browser) {
    var trail = browser.get("/api/audit").json();
    assertThat(trail.at("/missing/0/source").asString()).isEqualTo("etl-service");
    assertThat(trail.path("items")).isNotEmpty();
    await()
        .untilAsserted(
            () -> {
              JsonNode overview = browser.get("/api/dashboard/overview").json();
              assertThat(overview.path("incomplete")).hasSize(3);
              assertThat(overview.at("/incomplete/0/asOf").isString()).isTrue();
              assertThat(overview.at("/jobs/items")).hasSize(1);
            });
  }

  private List<String> etl(String database, String keys) {
    return List.of(
        "spring.datasource.url=" + database,
        "spring.datasource.username=postgres",
        "spring.datasource.password=postgres",
        "spring.main.banner-mode=off",
        "pulse.internal.keys-file=" + keys,
        "pulse.secrets.kek-file=" + kek(),
        "pulse.sources.allowed-networks=127.0.0.0/8",
        "pulse.runs.tick=200ms");
  }

  private String[] gateway(String database, String keys, String etl) {
    return Stream.of(
            "server.port=0",
            "spring.datasource.url=" + database,
            "spring.datasource.username=postgres",
            "spring.datasource.password=postgres",
            "pulse.etl.url=" + etl,
            "pulse.internal.keys-file=" + keys,
            "pulse.auth.keys-file=" + folder.resolve("keys"),
            "pulse.admin.password=" + PASSWORD)
        .map(setting -> "--" + setting)
        .toArray(String[]::new);
  }

  private Path kek() {
    try {
      var key = Base64.getEncoder().encodeToString(SecretText.bytes(256));
      return Files.writeString(folder.resolve("kek"), "test:" + key + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String connection(Simulator sources) {
    var source = sources.source(GitHubApi.class);
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "connector",
                source.name(),
                "name",
                source.label(),
                "settings",
                source.settings(sources.url(source.name())),
                "secrets",
                Map.of("token", Simulator.TOKEN)));
  }
}
