package dev.pulse.etl.platform.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.EtlTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whoever puts a token into a query by mistake, or sends one at all, does not find it in a log. */
@ExtendWith(OutputCaptureExtension.class)
class UnloggedRequestsTest extends EtlTest {

  private static final String CANARY = "canary-4f0d1c7b";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Some by name: a level of their own must not help either. */
  private static final List<String> LOGGERS =
      List.of(
          "org.springframework.web",
          "org.springframework.web.servlet.DispatcherServlet",
          "org.springframework.web.servlet.mvc.method.annotation",
          "org.springframework.http",
          "org.springframework.boot.web",
          "org.apache.coyote",
          "org.apache.coyote.http11.Http11InputBuffer",
          "org.apache.catalina",
          "org.apache.tomcat",
          "org.springdoc",
          "dev.pulse");

  @Autowired private LoggingSystem logging;

  @BeforeEach
  void everything_is_logged() {
    LOGGERS.forEach(name -> logging.setLogLevel(name, LogLevel.TRACE));
  }

  @AfterEach
  void as_before() {
    LOGGERS.forEach(name -> logging.setLogLevel(name, null));
  }

  @Test
  void no_level_brings_out_what_a_request_holds(CapturedOutput output) throws Exception {
    for (var path :
        List.of(
            "api/v1/jobs",
            "api/v1/jobs?token=" + CANARY,
            "api/v1/jobs?limit=" + CANARY,
            "api/v1/nothing?token=" + CANARY,
            "api/v1/jobs?token=%zz" + CANARY,
            "api/v1/connections?limit=1&limit=" + CANARY,
            "docs?token=" + CANARY,
            "v3/api-docs?token=" + CANARY,
            "?token=" + CANARY)) {
      send("GET", path, "");
      send("POST", path, "{\"name\":\"" + CANARY + "\",\"" + CANARY + "\":1}");
      send("DELETE", path, "");
    }

    assertThat(output.getAll()).as(around(output.getAll())).doesNotContain(CANARY);
    LoggerFactory.getLogger("dev.pulse.Others").trace("Traced");
    assertThat(output.getAll()).as("others are logged").contains("Traced");
  }

  @Test
  void what_tells_of_trouble_is_still_logged(CapturedOutput output) {
    LoggerFactory.getLogger("org.springframework.web.servlet.DispatcherServlet").info("Trouble");

    assertThat(output.getAll()).contains("Trouble");
  }

  private void send(String method, String path, String body)
      throws IOException, InterruptedException {
    var uri = "http://127.0.0.1:%d/%s".formatted(port, path.replace("%zz", "%FF"));
    var request =
        HttpRequest.newBuilder(URI.create(uri))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + CANARY)
            .header("Cookie", "session=" + CANARY)
            .header("X-Api-Key", CANARY)
            .header("X-Request-Id", "not an id " + CANARY)
            .build();
    HTTP.send(request, BodyHandlers.ofString());
  }

  private static String around(String text) {
    int at = text.indexOf(CANARY);
    return at < 0 ? "" : text.substring(Math.max(0, at - 400), at);
  }
}
