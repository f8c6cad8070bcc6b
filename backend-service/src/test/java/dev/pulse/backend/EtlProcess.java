package dev.pulse.backend;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The real etl-service in a process of its own, from the jar that the build has just made. */
final class EtlProcess implements AutoCloseable {

  private static final Path TARGET = Path.of("../etl-service/target");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final int port;

  private EtlProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Empty where the build has not come as far as packaging, as when single tests are run; a jar
   * that is older than what was compiled is none.
   */
  static Optional<Path> jar() throws IOException {
    if (!Files.isDirectory(TARGET.resolve("classes"))) return Optional.empty();
    FileTime compiled;
    try (var classes = Files.walk(TARGET.resolve("classes"))) {
      compiled = classes.map(EtlProcess::modified).max(Comparator.naturalOrder()).orElseThrow();
    }
    try (var files = Files.list(TARGET)) {
      return files
          .filter(file -> file.getFileName().toString().matches("etl-service-.*\\.jar"))
          .filter(file -> made(file).compareTo(compiled) >= 0)
          .findFirst();
    }
  }

  /** A jar is dated like all of its release, so the date of the file says nothing. */
  private static FileTime made(Path file) {
    try {
      return (FileTime) Files.getAttribute(file, "unix:ctime");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts it; it ends with this JVM at the latest.
   *
   * @param settings as on a command line, without the dashes
   */
  static EtlProcess start(Path jar, Path log, List<String> settings) {
    int port = freePort();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of("--server.port=" + port, "--management.server.port=" + freePort()));
    for (var setting : settings) command.add("--" + setting);
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new EtlProcess(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  EtlProcess awaitReady() {
    var ready = HttpRequest.newBuilder(URI.create(url() + "/health/ready")).build();
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(() -> HTTP.send(ready, BodyHandlers.discarding()).statusCode() == 200);
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    kill();
  }

  /** As {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    await().until(() -> !process.isAlive());
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
