package dev.pulse.local.launcher;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A program that runs as a process of its own.
 *
 * @param port the one it listens on
 * @param command its command line
 * @param environment added to the launcher's own
 * @param builtFrom the jar it runs from, if a new build of it means that it must be started again
 * @param answers whether it does its work
 */
record Program(
    String name,
    int port,
    List<String> command,
    Map<String, String> environment,
    Optional<Path> builtFrom,
    Answers answers) {

  /** Asks a program whether it does its work. */
  @FunctionalInterface
  interface Answers {
    boolean now();
  }

  Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Differs as soon as the program would be started in another way, or from another build. */
  String fingerprint() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var text =
          command + "\n" + new TreeMap<>(environment) + "\n" + builtFrom.map(Program::modified);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
