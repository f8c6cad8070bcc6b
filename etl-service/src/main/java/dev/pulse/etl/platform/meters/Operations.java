package dev.pulse.etl.platform.meters;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Keeps the names of operations few, whatever connectors call them. */
final class Operations {

  /** More than any connector has; what comes after is counted together. */
  static final int MOST = 60;

  static final String OTHER = "other";

  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

  /** The operation without the ids in its path, such as {@code issue/{id}/changelog}. */
  String bounded(String connector, String operation) {
    var template =
        Arrays.stream(operation.split("/", -1))
            .map(Operations::word)
            .collect(Collectors.joining("/"));
    var mine = known.computeIfAbsent(connector, any -> ConcurrentHashMap.newKeySet());
    if (mine.contains(template)) return template;
    if (mine.size() >= MOST) return OTHER;
    mine.add(template);
    return template;
  }

  /** Names of an API begin with a small letter or are one word; versions are figures and a dot. */
  private static String word(String segment) {
    return segment.matches("[A-Z]?[a-z][A-Za-z_:.-]*|\\d+\\.\\d+|") ? segment : "{id}";
  }
}
