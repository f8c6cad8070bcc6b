package dev.pulse.etl.monitoring;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.model.JobState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How fresh the data is, over REST. */
@RestController
@Tag(name = ApiTags.ATTENTION)
class FreshnessController {

  private final Freshness freshness;

  FreshnessController(Freshness freshness) {
    this.freshness = freshness;
  }

  /** All at once, so {@code next} is always null. */
  record FreshnessList(List<ConnectionFreshness> items, @Nullable String next) {
    FreshnessList {
      items = List.copyOf(items);
    }
  }

  /**
   * How fresh what a connection reads is.
   *
   * @param lastSuccess all that can be read is known as of then; null = no run has ended well yet
   * @param late has had no success for several of its planned times
   * @param missed how many of them have passed; 100 = or more
   * @param missedSince the first of them
   * @param nextDueAt null = only when somebody starts it
   * @param oldest the stream that was read to its end the longest time ago, or never yet; null = no
   *     run has begun
   * @param streams the oldest first
   */
  record ConnectionFreshness(
      long connectionId,
      String name,
      String connector,
      JobState state,
      @Nullable Long runId,
      @Nullable Instant lastSuccess,
      boolean late,
      int missed,
      @Nullable Instant missedSince,
      @Nullable Instant nextDueAt,
      @Nullable StreamFreshness oldest,
      List<StreamFreshness> streams) {

    ConnectionFreshness {
      streams = List.copyOf(streams);
    }
  }

  /**
   * How fresh a stream is.
   *
   * @param label what people call its records
   * @param readAt when it was last read to its end, what is in {@code unreadable} apart; null = in
   *     no run that is kept
   * @param unreadable how many parts of it may not be read
   */
  record StreamFreshness(String stream, String label, @Nullable Instant readAt, long unreadable) {}

  /** Of the connections that whoever asks may see. */
  @Operation(summary = "When each connection was last read to its end")
  @GetMapping("/api/v1/freshness")
  FreshnessList all() {
    return new FreshnessList(freshness.all(), null);
  }
}
