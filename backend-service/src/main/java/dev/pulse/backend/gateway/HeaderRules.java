package dev.pulse.backend.gateway;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;

/**
 * What of a header passes, in either direction. Named is what may, not what may not: nobody has to
 * know all the headers by which somebody could be taken for another.
 */
final class HeaderRules {

  private static final List<String> OF_REQUESTS = List.of("Accept", "Accept-Language");

  private static final Set<String> OF_ANSWERS =
      Set.of(
          "content-type",
          "content-length",
          "content-encoding",
          "content-disposition",
          "content-language",
          "allow",
          "retry-after");

  private HeaderRules() {}

  /** Of what came from outside; Content-Type is left to those who look at the body. */
  static Map<String, String> ofRequest(HttpHeaders outside) {
    var forThisHopOnly = new HashSet<String>();
    for (var name : outside.getOrEmpty(HttpHeaders.CONNECTION)) {
      for (var each : name.split(",")) forThisHopOnly.add(each.strip().toLowerCase(Locale.ROOT));
    }
    var passed = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (var name : OF_REQUESTS) {
      var values = outside.getOrEmpty(name);
      if (!values.isEmpty() && !forThisHopOnly.contains(name.toLowerCase(Locale.ROOT))) {
        passed.put(name, String.join(", ", values));
      }
    }
    return passed;
  }

  /** Whether a header of an answer goes on to the client. */
  static boolean passes(String header) {
    return OF_ANSWERS.contains(header.toLowerCase(Locale.ROOT));
  }
}
