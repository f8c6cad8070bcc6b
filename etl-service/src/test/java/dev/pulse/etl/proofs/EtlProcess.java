package dev.pulse.etl.proofs;

import static org.awaitility.Awaitility.await;

import dev.pulse.etl.EtlService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real etl-service, in a process of its own. */
final class EtlProcess implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final int port;
  private final int managementPort;

  private EtlProcess(Process process, int port, int managementPort) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
  }

  /**
   * Starts a node on a database; it dies with this JVM's test at the latest.
   *
   * @param more further settings, as on a command line
   */
  static EtlProcess start(String jdbcUrl, Path keyFile, Path log, String... more) {
    return start(jdbcUrl, keyFile, log, Map.of(), more);
  }

  /** The same, with more in its environment. */
  static EtlProcess start(
      String jdbcUrl, Path keyFile, Path log, Map<String, String> environment, String... more) {
    int port = freePort();
    int managementPort = freePort();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), EtlService.class.getName()));
    command.add("--server.port=" + port);
    command.add("--management.server.port=" + managementPort);
    command.add("--spring.datasource.url=" + jdbcUrl);
    command.add("--spring.datasource.username=postgres");
    command.add("--spring.datasource.password=postgres");
    command.add("--pulse.secrets.kek-file=" + keyFile);
    command.add("--pulse.sources.allowed-networks=127.0.0.0/8");
    command.add("--pulse.runs.lease=1s");
    command.add("--pulse.runs.tick=200ms");
    command.add("--pulse.runs.losses=100"); // nodes are killed here before they have stored a page
    command.add("--spring.main.banner-mode=off");
    command.addAll(List.of(more));
    try {
      var builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      var process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new EtlProcess(process, port, managementPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  EtlProcess awaitReady() {
    await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .until(() -> api("GET", "jobs/status", "").isArray());
    return this;
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    await().until(() -> !process.isAlive());
  }

  /** As {@code kill -STOP} or {@code kill -CONT}. */
  void signal(String name) {
    signal(pid(), name);
  }

  static void signal(long pid, String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
      if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("kill -" + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where its API is, with a slash at the end. */
  URI url() {
    return URI.create("http://127.0.0.1:%d/".formatted(port));
  }

  URI managementUrl() {
    return URI.create("http://127.0.0.1:%d/".formatted(managementPort));
  }

  long pid() {
    return process.pid();
  }

  /** What time it is there. */
  Instant clock() {
    var request = HttpRequest.newBuilder(url().resolve("health/live")).build();
    try {
      var date = HTTP.send(request, BodyHandlers.discarding()).headers().firstValue("date");
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.orElseThrow(), Instant::from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  JsonNode api(String method, String path, String json) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(port, path)))
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      var answer = HTTP.send(request, BodyHandlers.ofString());
      return JsonMapper.shared().readTree(answer.body().isEmpty() ? "null" : answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    signal("CONT");
    kill();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
