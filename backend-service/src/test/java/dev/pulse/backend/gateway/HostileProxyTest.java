package dev.pulse.backend.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.model.EtlRoutes;
import dev.pulse.model.Role;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent to the gateway, etl-service sees nothing that is not in the table. */
class HostileProxyTest extends EtlTest {

  private static String cookie = "";

  /** The table, as what may stand in a request line. */
  private static final Pattern LISTED =
      Pattern.compile(
          EtlRoutes.list().stream()
              .map(
                  each ->
                      EtlRoutes.PREFIX + each.path().replaceAll("\\{[a-z]+}", "[^/;\\\\\\\\?#]+"))
              .distinct()
              .collect(Collectors.joining("|")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/etl/../v1/jobs",
        "/api/etl/%2e%2e/users",
        "/api/etl/%252e%252e/users",
        "/api/etl/jobs%2f7",
        "/api/etl/jobs%252f7",
        "/api/etl/jobs%5c7",
        "/api/etl/jobs\\7",
        "/api/etl//jobs",
        "//api/etl/jobs",
        "/api/etl/jobs;a=b",
        "/api/etl/jobs/7;x/start",
        "/api/etl/jobs%00",
        "/api/etl/jobs%0d%0aX-User-Id:%201",
        "/api/etl/jobs/%0a",
        "/api/etl/%c0%ae%c0%ae/users",
        "/api/etl/jobs%",
        "/api/etl/j%zzbs",
        "/api/etl/%6aobs",
        "/api/etl/%65vents",
        "/api/etl/jobs/%37",
        "/api/etl/jobs/.",
        "/api/etl/jobs/..",
        "/api/etl/jobs/7/../../connections",
        "/api/etl/logs/download/..%2f..%2fetc%2fpasswd",
        "/api/etl/logs/download/%2e%2e",
        "/api/etl/<jobs>",
        "/api/etl/jobs?x=<y>",
        "/api/etl/jobs#x",
      })
  void a_path_that_can_be_read_in_two_ways_goes_nowhere(String path) throws IOException {
    var answer = RawHttp.send(port, "GET " + path, administrator());

    assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Exception", "<html");
    assertThat(ETL.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/etl",
        "/api/etl/",
        "/api/etl/JOBS",
        "/API/etl/jobs",
        "/api/ETL/jobs",
        "/api/etl/jobs/",
        "/api/etl/jobs.json",
        "/api/etl/jobs/7/start/now",
        "/api/etl/v1/jobs",
        "/api/etl/api/v1/jobs",
        "/api/v1/jobs",
        "/api/etl/health",
        "/api/etl/docs",
        "/api/etl/v3/api-docs",
        "/api/etl/actuator/env",
        "/api/etl/webhooks/x",
        "/api/etlx/jobs",
        "http://127.0.0.1:8000/api/v1/jobs",
      })
  void what_is_not_exactly_in_the_table_is_not_there(String path) throws IOException {
    var answer = RawHttp.send(port, "GET " + path, administrator());

    assertThat(answer).matches("(?s)HTTP/1.1 (404|400).*");
    assertThat(ETL.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "TRACE", "CONNECT", "OPTIONS", "PROPFIND", "get", "POST"})
  void a_method_that_the_table_does_not_name_goes_nowhere(String method) throws IOException {
    var answer = RawHttp.send(port, method + " " + JOBS, administrator(), "X-Pulse-Request: 1");

    assertThat(answer).matches("(?s)HTTP/1.1 (400|403|405|501).*");
    assertThat(ETL.seen()).isEmpty();
  }

  @Test
  void framing_that_can_be_read_in_two_ways_is_one_request_or_none() throws IOException {
    var admin = administrator();
    var first =
        "POST /api/etl/jobs/7/start HTTP/1.1\r\n"
            + "X-Pulse-Request: 1\r\n"
            + "Content-Type: application/json\r\n"
            + admin
            + "\r\n";
    var smuggled = "GET /api/v1/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    var attacks =
        List.of(
            first
                + "Host: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + smuggled,
            first
                + "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 60\r\n\r\n0\r\n\r\n"
                + smuggled,
            first + "Host: a\r\nContent-Length: 2\r\nContent-Length: 60\r\n\r\n{}" + smuggled,
            first + "Host: a\r\nContent-Length: +2\r\n\r\n{}" + smuggled,
            first + "Host: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + smuggled,
            first + "Host: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + smuggled,
            first
                + "Host: a\r\n"
                + "Transfer-Encoding: chunked\r\n"
                + "Transfer-Encoding: identity\r\n\r\n"
                + "0\r\n\r\n"
                + smuggled,
            first
                + "Host: a\r\nTransfer-Encoding: chunked\r\n\r\n2;x=\"\r\n\"\r\n{}\r\n0\r\n\r\n"
                + smuggled,
            first + "Host: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n" + smuggled,
            first + "Host: a\r\nHost: b\r\nContent-Length: 2\r\n\r\n{}",
            first + "Content-Length: 2\r\n\r\n{}",
            first + "Host: a\r\nContent-Length: 2\r\n\r\n{}GET /api/v1/smuggled HTTP/1.1\r\n\r\n",
            first.replace("HTTP/1.1", "HTTP/1.0")
                + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"
                + smuggled,
            first + "Host: a\r\nX: a\u0000b\r\nContent-Length: 2\r\n\r\n{}",
            first
                + "Host: a\r\n"
                + "X:\r\n"
                + " folded\r\n"
                + "Pulse-Subject: user:1\r\n"
                + "Content-Length: 2\r\n\r\n"
                + "{}",
            first.replace("\r\n", "\n") + "Host: a\nContent-Length: 2\n\n{}",
            "\u0001" + first + "Host: a\r\nContent-Length: 2\r\n\r\n{}");

    for (var attack : attacks) {
      ETL.reset();
      RawHttp.sendBytes(port, attack);

      assertThat(ETL.seen().size()).as(attack).isLessThanOrEqualTo(1);
      for (var seen : ETL.seen()) {
        assertThat(seen.target()).as(attack).isEqualTo("/api/v1/jobs/7/start");
        assertThat(seen.names()).as(attack).isSubsetOf(OURS);
        assertThat(seen.body().length).as(attack).isLessThanOrEqualTo(60);
      }
    }
  }

  @Test
  void of_many_mutilated_requests_none_gets_anywhere_else_and_none_breaks_anything()
      throws IOException {
    var random = new Random(4711);
    var admin = administrator();
    var paths = EtlRoutes.list().stream().map(each -> "/api/etl" + each.path()).toList();
    var pieces =
        List.of(
            "..", ".", "/", "//", "%2e", "%2f", "%252f", "%5c", "\\", ";", ";a=b", "%00", "%0a",
            "%", "%c0%af", "?", "&", "#", "~", "*", "A", "%41", "é", "\u007f", "{id}", "7", "api",
            "v1", "health", "@", ":", "[", "]", "|", "^", "`", "\"", "'", "<", ">", " ", "\t", "+");
    for (int i = 0; i < 1_000; i++) {
      var path = new StringBuilder(paths.get(random.nextInt(paths.size())));
      for (int n = random.nextInt(3); n >= 0; n--) {
        path.insert(random.nextInt(path.length() + 1), pieces.get(random.nextInt(pieces.size())));
      }
      if (path.indexOf("events") >= 0) continue;

      var answer = RawHttp.send(port, "GET " + path, admin);

      assertThat(answer).as("%s", path).matches("(?s)HTTP/1.1 (200|400|404|405|505).*");
    }

    assertThat(ETL.seen())
        .isNotEmpty()
        .allSatisfy(
            seen -> {
              assertThat(seen.path()).matches(LISTED);
              assertThat(seen.names()).isSubsetOf(OURS);
            });
  }

  @Test
  void a_body_that_never_comes_is_not_waited_for() throws IOException {
    try (var slow =
        RawHttp.open(
            port,
            "POST /api/etl/jobs/7/start",
            administrator(),
            "X-Pulse-Request: 1",
            "Content-Type: application/json",
            "Content-Length: 2")) {
      assertThat(slow.head()).startsWith("HTTP/1.1 408");
    }
    assertThat(ETL.seen()).isEmpty();
  }

  @Test
  void pages_of_other_sites_reach_nothing() throws IOException {
    var admin = administrator();

    for (var line : List.of("GET " + JOBS, "GET /api/etl/events", "GET /api/etl/logs/download/a")) {
      assertThat(RawHttp.send(port, line, admin, "Sec-Fetch-Site: cross-site"))
          .contains("CROSS_SITE");
    }
    assertThat(RawHttp.send(port, "POST /api/etl/jobs/7/start", admin))
        .contains("REQUEST_HEADER_MISSING");
    assertThat(RawHttp.send(port, "GET " + JOBS, admin, "Origin: https://evil.example"))
        .doesNotContain("Access-Control-Allow");
    assertThat(ETL.seen()).hasSize(1);
  }

  /** Signing in takes longer than all else, so one does for all tests. */
  private String administrator() {
    if (cookie.isEmpty()) cookie = "Cookie: pulse=" + signedIn(Role.ADMIN).cookie("pulse");
    return cookie;
  }
}
