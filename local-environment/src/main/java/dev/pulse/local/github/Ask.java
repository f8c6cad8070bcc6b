package dev.pulse.local.github;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A REST request: path below the API's root, without its first slash, and the query's parameters.
 */
record Ask(String path, Map<String, String> parameters) {

  static Ask of(String path, URI uri) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String query = uri.getRawQuery();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int split = pair.indexOf('=');
        if (split > 0) {
          parameters.put(
              pair.substring(0, split),
              URLDecoder.decode(pair.substring(split + 1), StandardCharsets.UTF_8));
        }
      }
    }
    return new Ask(path, parameters);
  }

  List<String> segments() {
    return Arrays.asList(path.split("/", -1));
  }

  int page() {
    return Math.max(1, number("page", 1));
  }

  /** Rows a page, never more than 100. */
  int perPage() {
    return Math.clamp(number("per_page", 30), 1, 100);
  }

  boolean is(String parameter, String value) {
    return value.equals(parameters.get(parameter));
  }

  /** Only rows updated at this time or later; empty when nothing readable is asked for. */
  Optional<Instant> since() {
    String text = parameters.get("since");
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private int number(String parameter, int otherwise) {
    try {
      return Integer.parseInt(parameters.getOrDefault(parameter, ""));
    } catch (NumberFormatException _) {
      return otherwise;
    }
  }
}
