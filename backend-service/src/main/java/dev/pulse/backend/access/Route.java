package dev.pulse.backend.access;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * One line of the table.
 *
 * @param path exact, case-sensitive, with variables such as {@code {id}}
 */
public record Route(HttpMethod method, PathPattern path, Rule rule) {

  static Route of(HttpMethod method, String path, Rule rule) {
    return new Route(method, PathPatternParser.defaultInstance.parse(path), rule);
  }

  boolean matches(PathContainer asked) {
    return path.matches(asked);
  }

  /** Asking only for the headers of what may be read is reading. */
  boolean serves(String asked) {
    return method.matches(asked) || (asked.equals("HEAD") && method.equals(HttpMethod.GET));
  }
}
