package dev.pulse.backend.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.backend.access.Routes;
import dev.pulse.model.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is sent, by whomever: no failure of ours, no word of our insides. */
class HostileThousandsTest extends EtlTest {

  private static final List<String> PIECES =
      List.of(
          "'",
          "\"",
          "<script>",
          "${7*7}",
          "#{T(java.lang.Runtime)}",
          "{{7*7}}",
          "../",
          "%2e%2e/",
          "%00",
          "%0d%0aX: y",
          "\\",
          ";",
          "|",
          "`",
          "\u202e",
          "\u2028",
          "\u0000",
          "\ufffe",
          "é",
          "-1",
          "0",
          "9223372036854775808",
          "1e309",
          "NaN",
          "null",
          "[]",
          "{}",
          "true",
          " ",
          "a");
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
  private static final List<String> HEADERS =
      List.of(
          "Accept",
          "Accept-Language",
          "Authorization",
          "Content-Type",
          "Cookie",
          "If-None-Match",
          "Origin",
          "Range",
          "Referer",
          "User-Agent",
          "X-Forwarded-For",
          "X-HTTP-Method-Override",
          "X-Request-Id",
          "Sec-Fetch-Site",
          "Expect",
          "Upgrade",
          "Connection");

  private final Random random = new Random(20_260_301);

  @Test
  void of_hundreds_of_hostile_requests_none_is_a_failure() throws IOException {
    send(500);
  }

  @Test
  @Tag("long")
  void of_ten_thousand_hostile_requests_none_is_a_failure() throws IOException {
    send(10_000);
  }

  private void send(int requests) throws IOException {
    var cookie = "Cookie: pulse=" + signedIn(Role.ADMIN).cookie("pulse");
    var routes =
        Routes.all().stream().filter(route -> !endsSession(route.path().toString())).toList();
    for (int i = 0; i < requests; i++) {
      var route = routes.get(random.nextInt(routes.size()));
      var method = random.nextInt(4) == 0 ? one(METHODS) : route.method().name();
      var line = method + " " + path(route.path().toString());
      var body = body();
      var headers = headers(body);
      if (random.nextInt(5) != 0) headers.add(cookie);

      var answer = RawHttp.sendAll(port, line, body, headers.toArray(String[]::new));

      assertThat(answer)
          .as("%d: %s %s %s", i, line, headers, body)
          .matches("(?s)HTTP/1.1 (2|3|4)\\d\\d.*")
          .doesNotContain("Exception", "\tat ", "org.springframework", "Tomcat", "<html");
      if (answer.startsWith("HTTP/1.1 4") && !method.equals("HEAD")) {
        assertThat(answer).as(line).contains("application/problem+json", "\"code\":\"");
      }
    }
  }

  private static boolean endsSession(String path) {
    return path.contains("sessions")
        || path.contains("logout")
        || path.contains("events")
        || path.contains("users")
        || path.contains("password");
  }

  private String path(String pattern) {
    var path = new StringBuilder(pattern.replaceAll("\\{[a-z]+}", "7").replace("**", "x"));
    if (random.nextInt(3) == 0) path.insert(random.nextInt(path.length()) + 1, piece());
    if (random.nextBoolean()) path.append("?limit=").append(piece());
    if (random.nextInt(3) == 0) path.append("&cursor=").append(piece()).append(piece());
    return path.toString();
  }

  private String body() {
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> "{\"" + piece() + "\":\"" + piece() + "\"}";
      case 2 -> "[".repeat(random.nextInt(2_000)) + piece();
      case 3 -> piece() + piece() + piece();
      case 4 -> "{\"email\":" + piece() + ",\"name\":" + piece() + "}";
      default -> "{\"reason\":\"" + piece().repeat(random.nextInt(500)) + "\"}";
    };
  }

  private List<String> headers(String body) {
    var headers = new ArrayList<String>();
    headers.add("Content-Type: application/json");
    headers.add("Content-Length: " + body.length());
    if (random.nextInt(4) != 0) headers.add("X-Pulse-Request: 1");
    for (int n = random.nextInt(3); n > 0; n--) {
      headers.add(one(HEADERS) + ": " + piece() + piece());
    }
    return headers;
  }

  private String piece() {
    return one(PIECES);
  }

  private String one(List<String> among) {
    return among.get(random.nextInt(among.size()));
  }
}
