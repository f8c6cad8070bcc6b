package dev.pulse.etl.platform.http;

import dev.pulse.etl.platform.meters.Meters;
import java.time.Duration;

/**
 * Measures the requests of one user.
 *
 * @param user the id of a connector
 */
record RequestMeter(String user, Meters meters) {

  static final int NO_ANSWER = 0;

  /**
   * A request has ended.
   *
   * @param begun by {@link System#nanoTime()}
   * @param status of the answer, or {@link #NO_ANSWER}
   */
  void ended(Request request, long begun, int status) {
    meters.request(user, request.operation(), status, Duration.ofNanos(System.nanoTime() - begun));
  }
}
