package dev.pulse.local.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A stream of events, and when each was heard. */
final class HeardEvents implements AutoCloseable {

  private static final String DATA = "data:";

  private final InputStream stream;
  private final Map<String, Long> heardAt = new ConcurrentHashMap<>();

  /**
   * Begins to listen.
   *
   * @throws LauncherProblem if there is no stream
   */
  HeardEvents(HttpClient client, HttpRequest request) {
    try {
      var answer = client.send(request, BodyHandlers.ofInputStream());
      stream = answer.body();
      if (answer.statusCode() != 200) {
        throw new LauncherProblem(
            "%s was answered %d.".formatted(request.uri(), answer.statusCode()),
            "See .pulse/bench/logs.");
      }
    } catch (IOException e) {
      throw new LauncherProblem("There is no stream of events: " + e, "Try again.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherProblem("Interrupted.", "Run it again.", e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  private void listen() {
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(DATA)) heardAt.putIfAbsent(line, System.nanoTime());
      }
    } catch (IOException closed) {
      // by whoever listened
    }
  }

  int count() {
    return heardAt.size();
  }

  /** How much later than there each event was heard here; nought if it was not later. */
  Latencies laterThan(HeardEvents there) {
    var lag = new Latencies();
    heardAt.forEach(
        (event, here) -> {
          var before = there.heardAt.get(event);
          if (before != null) lag.add(Duration.ofNanos(Math.max(0, here - before)));
        });
    return lag;
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException alreadyGone) {
      // nothing more is heard either way
    }
  }
}
