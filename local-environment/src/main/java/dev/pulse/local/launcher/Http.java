package dev.pulse.local.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Speaks to the services of this machine. */
final class Http {

  /**
   * What a service said.
   *
   * @param status of HTTP
   */
  record Answer(int status, String body) {

    boolean succeeded() {
      return status >= 200 && status < 300;
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  /** True if something there answers 200 in good time. */
  boolean answers(URI uri) {
    try {
      return send("GET", uri, Optional.empty(), Duration.ofSeconds(5)).status() == 200;
    } catch (IOException notThere) {
      return false;
    }
  }

  /**
   * @throws IOException if nothing answers
   */
  Answer send(String method, URI uri, Optional<String> json, Duration patience) throws IOException {
    return send(method, uri, json, patience, Map.of());
  }

  /**
   * The same with more headers.
   *
   * @throws IOException if nothing answers
   */
  Answer send(
      String method, URI uri, Optional<String> json, Duration patience, Map<String, String> headers)
      throws IOException {
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(patience)
            .header("Accept", "application/json, application/problem+json, */*")
            .method(method, json.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    if (json.isPresent()) request.header("Content-Type", "application/json");
    headers.forEach(request::header);
    try {
      var answer = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherProblem("Interrupted.", "Run it again.", e);
    }
  }
}
