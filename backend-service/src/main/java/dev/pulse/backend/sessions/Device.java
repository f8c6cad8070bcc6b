package dev.pulse.backend.sessions;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a browser says it is, in a few words, for people to recognise their sessions. */
final class Device {

  /** In this order: many claim to be others as well. */
  private static final Map<String, String> BROWSERS =
      ordered(
          "Edg/",
          "Edge",
          "OPR/",
          "Opera",
          "Firefox/",
          "Firefox",
          "Chrome/",
          "Chrome",
          "Safari/",
          "Safari",
          "curl/",
          "curl");

  private static final Map<String, String> SYSTEMS =
      ordered(
          "Windows",
          "Windows",
          "Android",
          "Android",
          "iPhone",
          "iOS",
          "iPad",
          "iOS",
          "Mac OS X",
          "macOS",
          "CrOS",
          "ChromeOS",
          "Linux",
          "Linux");

  private Device() {}

  static String of(@Nullable String userAgent) {
    if (userAgent == null) return "Unknown program";
    return "%s on %s"
        .formatted(
            named(BROWSERS, userAgent, "Unknown program"),
            named(SYSTEMS, userAgent, "unknown system"));
  }

  private static String named(Map<String, String> names, String userAgent, String otherwise) {
    return names.entrySet().stream()
        .filter(name -> userAgent.contains(name.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  private static Map<String, String> ordered(String... marksAndNames) {
    var all = new LinkedHashMap<String, String>();
    for (int i = 0; i < marksAndNames.length; i += 2)
      all.put(marksAndNames[i], marksAndNames[i + 1]);
    return all;
  }
}
