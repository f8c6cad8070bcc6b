package dev.pulse.local.launcher;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The processes of a checkout: started, remembered in {@code .pulse/run}, and ended. */
final class Processes {

  private static final Duration PATIENCE_TO_START = Duration.ofMinutes(2);
  private static final Duration PATIENCE_TO_END = Duration.ofSeconds(40);
  private static final int LINES_OF_LOG_SHOWN = 25;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Checkout checkout;

  Processes(Checkout checkout) {
    this.checkout = checkout;
  }

  /** Those remembered, alive or not. */
  List<StartedProcess> all() {
    try (var files = Files.list(checkout.run())) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .flatMap(this::read)
          .toList();
    } catch (IOException e) {
      throw Checkout.notWritable(checkout.run(), e);
    }
  }

  Optional<StartedProcess> find(String name) {
    return read(file(name)).findFirst();
  }

  /**
   * Starts the program, unless it runs already in just this way; does not wait until it answers.
   *
   * @throws LauncherProblem if its port is taken
   */
  void start(Program program) {
    var running = find(program.name()).filter(StartedProcess::isAlive);
    if (running.isPresent()) {
      if (running.get().fingerprint().equals(program.fingerprint())) return;
      end(running.get());
    }
    Listener.requireFree(program.name(), program.port());
    var log = checkout.log(program.name()).toFile();
    keepPrevious(log);
    // nohup: the service outlives the terminal that it was started from
    var command = Stream.concat(Stream.of("nohup"), program.command().stream()).toList();
    var builder = new ProcessBuilder(command).directory(checkout.run().toFile());
    builder.environment().putAll(program.environment());
    builder
        .redirectErrorStream(true)
        .redirectOutput(log)
        .redirectInput(Redirect.from(new File("/dev/null")));
    try {
      var process = builder.start().toHandle();
      write(StartedProcess.of(program.name(), process, program.fingerprint()));
    } catch (IOException e) {
      throw new LauncherProblem(
          "Cannot start %s: %s".formatted(program.name(), e.getMessage()), "See README.md.", e);
    }
  }

  /**
   * Waits until the program answers.
   *
   * @throws LauncherProblem with the end of its log if it ends before, or takes too long
   */
  void await(Program program) {
    var deadline = Instant.now().plus(PATIENCE_TO_START);
    while (!program.answers().now()) {
      if (find(program.name()).filter(StartedProcess::isAlive).isEmpty()) {
        throw failed(program, "ended instead of answering");
      }
      if (Instant.now().isAfter(deadline)) throw failed(program, "does not answer");
      pause();
    }
  }

  /** Ends the process and forgets it. */
  boolean end(StartedProcess process) {
    var ended = process.end(PATIENCE_TO_END);
    try {
      Files.deleteIfExists(file(process.name()));
    } catch (IOException e) {
      throw Checkout.notWritable(file(process.name()), e);
    }
    return ended;
  }

  private LauncherProblem failed(Program program, String how) {
    var log = checkout.log(program.name());
    return new LauncherProblem(
        "%s %s. The end of its log:%n%s"
            .formatted(program.name(), how, LogFile.end(log, LINES_OF_LOG_SHOWN)),
        "The whole log is " + log);
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(150));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherProblem("Interrupted.", "Run: scripts/pulse down", e);
    }
  }

  private static void keepPrevious(File log) {
    var previous = new File(log.getPath() + ".1");
    if (log.length() > 0 && !log.renameTo(previous)) {
      throw Checkout.notWritable(log.toPath(), new IOException("cannot rename it"));
    }
  }

  private Path file(String name) {
    return checkout.run().resolve(name + ".json");
  }

  private Stream<StartedProcess> read(Path file) {
    if (!Files.exists(file)) return Stream.empty();
    try {
      return Stream.of(JSON.readValue(Files.readString(file), StartedProcess.class));
    } catch (JacksonException | IOException e) {
      throw new LauncherProblem(
          "%s cannot be read: %s".formatted(file, e.getMessage()),
          "Look for leftover java processes of this checkout, end them, and delete the file.",
          e);
    }
  }

  private void write(StartedProcess process) throws IOException {
    Files.writeString(file(process.name()), JSON.writeValueAsString(process));
  }
}
