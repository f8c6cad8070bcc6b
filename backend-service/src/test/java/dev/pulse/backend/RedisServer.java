package dev.pulse.backend;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis, as a process of its own: the one that is installed on this machine, or else the one
 * that a library for tests brings. It keeps nothing when it ends.
 */
public final class RedisServer implements AutoCloseable {

  private final int port;
  private final List<String> options;
  private Process process;

  private RedisServer(int port, List<String> options) {
    this.port = port;
    this.options = options;
    this.process = launch();
  }

  /** Whether one starts here; tests that need it are skipped if none does. */
  public static boolean isAvailable() {
    try (var _ = start()) {
      return true;
    } catch (RuntimeException e) { // no program for this machine, or one that does not start
      return false;
    }
  }

  /** Without a password, in clear. */
  public static RedisServer start() {
    int port = freePort();
    return new RedisServer(port, List.of("--port", "" + port));
  }

  /** Over TLS alone. */
  public static RedisServer secured(Path certificate, Path key, String password) {
    int port = freePort();
    return new RedisServer(
        port,
        List.of(
            "--port",
            "0",
            "--tls-port",
            "" + port,
            "--tls-cert-file",
            certificate.toString(),
            "--tls-key-file",
            key.toString(),
            "--tls-auth-clients",
            "no",
            "--requirepass",
            password));
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** As by kill -9. */
  public void die() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Again on the same port, with nothing in it. */
  public void live() {
    process = launch();
  }

  /** It keeps its connections, and says nothing any more. */
  public void freeze() {
    signal("STOP");
  }

  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      if (new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor() != 0) {
        throw new IllegalStateException("no such process");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process launch() {
    try {
      var command = new ArrayList<>(List.of(program().toString()));
      command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
      command.addAll(options);
      var started = new ProcessBuilder(command).redirectErrorStream(true).start();
      awaitReady(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitReady(Process started) throws IOException {
    var out = started.inputReader(StandardCharsets.UTF_8);
    var said = new ArrayList<String>();
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      if (line.contains("Ready to accept connections")) {
        Thread.ofVirtual().start(() -> drain(out));
        return;
      }
      said.add(line);
    }
    throw new IOException("Redis has not started: " + said);
  }

  /** A process that nobody listens to would stop at some time. */
  private static void drain(BufferedReader out) {
    try {
      out.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // it has ended
    }
  }

  private static Path program() throws IOException {
    for (var folder : System.getenv("PATH").split(File.pathSeparator)) {
      var installed = Path.of(folder, "redis-server");
      if (Files.isExecutable(installed)) return installed;
    }
    return ExecutableProvider.newJarResourceProvider().get().toPath();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    die();
  }
}
