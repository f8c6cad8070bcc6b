package dev.pulse.local.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/**
 * A checkout of Pulse. Everything that running it leaves behind is in its folder {@code .pulse}.
 *
 * @param root the checkout's own folder
 * @param state where everything is that running it leaves behind
 */
record Checkout(Path root, Path state) {

  Checkout {
    root = root.toAbsolutePath().normalize();
    state = state.toAbsolutePath().normalize();
  }

  Checkout(Path root) {
    this(root, root.resolve(".pulse"));
  }

  /** The same build with a state of its own, for a benchmark beside whatever runs. */
  Checkout forBenchmark() {
    return new Checkout(root, state.resolve("bench"));
  }

  Path logs() {
    return made(state().resolve("logs"));
  }

  Path log(String service) {
    return logs().resolve(service + ".log");
  }

  Path run() {
    return made(state().resolve("run"));
  }

  Path postgres() {
    return made(state().resolve("pg"));
  }

  /** Where PostgreSQL itself is unpacked. */
  Path postgresBinaries() {
    return made(run().resolve("postgres"));
  }

  /** For the owner alone. */
  Path secrets() {
    var secrets = made(state().resolve("secrets"));
    try {
      Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw notWritable(secrets, e);
    }
    return secrets;
  }

  Path jar(String service) {
    var target = root.resolve(service).resolve("target");
    try (var files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches(service + "-[0-9].*\\.jar"))
          .max(Comparator.comparing(Path::getFileName))
          .orElseThrow(() -> notBuilt(service));
    } catch (IOException e) {
      throw notBuilt(service);
    }
  }

  /** Forgets everything. */
  void delete() {
    delete(state());
  }

  static void delete(Path folder) {
    if (!Files.exists(folder)) return;
    try (var tree = Files.walk(folder)) {
      for (var file : tree.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException | UncheckedIOException e) {
      throw new LauncherProblem(
          "Cannot delete %s: %s".formatted(folder, e.getMessage()),
          "Delete it as the user who made it.",
          e);
    }
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  static LauncherProblem notWritable(Path path, IOException cause) {
    return new LauncherProblem(
        "Cannot write %s: %s".formatted(path, cause.getMessage()),
        "Run as the user who made .pulse, or delete .pulse as that user.",
        cause);
  }

  private static LauncherProblem notBuilt(String service) {
    return new LauncherProblem(service + " is not built.", "Run: scripts/pulse up");
  }
}
