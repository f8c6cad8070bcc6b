package dev.pulse.local.launcher;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program that runs as a process of its own.
 *
 * @param port the one it listens on
 * @param command its command line
 * @param environment added to the launcher's own
 * @param version of what it runs from: another one means that it must be started again
 * @param answers whether it does its work
 */
record Program(
    String name,
    int port,
    List<String> command,
    Map<String, String> environment,
    String version,
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
      var text = command + "\n" + new TreeMap<>(environment) + "\n" + version;
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
