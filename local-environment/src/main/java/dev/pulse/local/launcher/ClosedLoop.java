package dev.pulse.local.launcher;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Callers at once, each of whom asks again as soon as the answer is there. Making a request, its
 * signature included, is not part of what is timed.
 */
final class ClosedLoop {

  private final HttpClient client;
  private final Supplier<HttpRequest> requests;

  /** Each request has to be answered 200. */
  ClosedLoop(HttpClient client, Supplier<HttpRequest> requests) {
    this.client = client;
    this.requests = requests;
  }

  /**
   * What came of it.
   *
   * @param seconds from the first question to the last answer
   */
  record Outcome(Latencies latencies, double seconds) {

    double perSecond() {
      return latencies.count() / seconds;
    }
  }

  /**
   * Asks.
   *
   * @param questions of all callers together
   * @throws LauncherProblem if one is not answered as it should be
   */
  Outcome run(int callers, long questions) {
    var left = new AtomicLong(questions);
    var all = new Latencies();
    long begun = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var parts = new ArrayList<Future<Latencies>>();
      Callable<Latencies> caller = () -> ask(left);
      for (int i = 0; i < callers; i++) parts.add(threads.submit(caller));
      for (var part : parts) all.addAll(part.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LauncherProblem problem) throw problem;
      throw new LauncherProblem(
          "A service does not answer: " + e.getCause(), "See its log in .pulse/bench/logs.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherProblem("Interrupted.", "Run it again.", e);
    }
    return new Outcome(all, (System.nanoTime() - begun) / 1e9);
  }

  private Latencies ask(AtomicLong left) throws IOException, InterruptedException {
    var latencies = new Latencies();
    while (left.getAndDecrement() > 0) {
      var request = requests.get();
      long asked = System.nanoTime();
      var answer = client.send(request, BodyHandlers.ofString());
      latencies.add(Duration.ofNanos(System.nanoTime() - asked));
      if (answer.statusCode() != 200) {
        throw new LauncherProblem(
            "%s %s was answered %d: %s"
                .formatted(request.method(), request.uri(), answer.statusCode(), answer.body()),
            "Try again on a calmer machine.");
      }
    }
    return latencies;
  }
}
