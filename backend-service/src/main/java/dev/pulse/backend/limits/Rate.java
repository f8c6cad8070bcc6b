package dev.pulse.backend.limits;

import io.github.bucket4j.Bandwidth;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/**
 * So many requests at once, and as many again within that time, evenly: a token bucket.
 *
 * @param requests that the bucket holds (1–1,000,000)
 * @param within the time in which an empty bucket fills (1 s–1 h)
 */
public record Rate(int requests, Duration within) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,7})/([0-9]{1,5}[smh])");
  private static final int MOST = 1_000_000;

  public Rate {
    if (requests < 1 || requests > MOST) {
      throw new IllegalArgumentException("a rate has 1 to 1,000,000 requests, not " + requests);
    }
    if (within.compareTo(Duration.ofSeconds(1)) < 0 || within.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("a rate is for 1 second to 1 hour, not " + within);
    }
  }

  /** Reads what stands in the settings, such as {@code 600/10s}. */
  public static Rate of(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not requests/duration, such as 600/10s: " + text);
    }
    return new Rate(Integer.parseInt(parts.group(1)), DurationStyle.detectAndParse(parts.group(2)));
  }

  Bandwidth bandwidth() {
    return Bandwidth.builder().capacity(requests).refillGreedy(requests, within).build();
  }

  @Override
  public String toString() {
    return "%d/%ds".formatted(requests, within.toSeconds());
  }
}
