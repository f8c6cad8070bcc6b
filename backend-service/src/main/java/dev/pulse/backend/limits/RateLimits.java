package dev.pulse.backend.limits;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pulse.backend.platform.Redis;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Counts requests: with Redis, those of all nodes together; without it, or while it does not
 * answer, each node its own. Whoever has to wait is refused without asking Redis again, so a flood
 * costs it nothing.
 */
@Component
public class RateLimits implements MeterBinder {

  private static final Logger log = LoggerFactory.getLogger(RateLimits.class);

  private static final Duration TOLD_AGAIN = Duration.ofMinutes(1);

  private final LimitSettings settings;
  private final Clock clock;
  private final SharedBuckets shared;
  private final OwnBuckets own;
  private final Cache<String, Rest> resting;
  private final Cache<String, Boolean> told;
  private final Map<Limit, LongAdder> refused = new EnumMap<>(Limit.class);

  RateLimits(LimitSettings settings, Redis redis, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    var time = new Time(clock);
    var longest =
        Arrays.stream(Limit.values())
            .map(limit -> settings.of(limit).within())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    this.shared = new SharedBuckets(redis, time);
    this.own = new OwnBuckets(time, settings.remembered(), longest);
    this.resting = remembering(longest);
    this.told = remembering(TOLD_AGAIN);
    for (var limit : Limit.values()) refused.put(limit, new LongAdder());
  }

  private <T> Cache<String, T> remembering(Duration howLong) {
    return Caffeine.newBuilder()
        .maximumSize(settings.remembered())
        .expireAfterWrite(howLong)
        .build();
  }

  /** Until when somebody is refused without a look. */
  private record Rest(Instant until, Instant full) {}

  /** The buckets' time is that of everything else. */
  private record Time(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      var now = clock.instant();
      return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }

  /**
   * Counts one request.
   *
   * @param whose such as {@code user:7}
   */
  public Allowance spend(Limit limit, String whose) {
    var rate = settings.of(limit);
    var key = key(limit, whose);
    var now = clock.instant();
    var rest = resting.getIfPresent(key);
    if (rest == null || !rest.until().isAfter(now)) {
      var probe = shared.spend(key, rate).orElseGet(() -> own.spend(key, rate));
      var full = Duration.ofNanos(probe.getNanosToWaitForReset());
      if (probe.isConsumed()) {
        return new Allowance(limit, rate, probe.getRemainingTokens(), Duration.ZERO, full);
      }
      rest = new Rest(now.plus(wait(probe)), now.plus(full));
      resting.put(key, rest);
    }
    noteRefusal(limit, whose);
    return new Allowance(
        limit, rate, 0, Duration.between(now, rest.until()), Duration.between(now, rest.full()));
  }

  /** Whether somebody would be refused, as far as is known without asking anybody. */
  public boolean isResting(Limit limit, String whose) {
    var rest = resting.getIfPresent(key(limit, whose));
    return rest != null && rest.until().isAfter(clock.instant());
  }

  /** Holds the rate, too: another rate is another bucket. */
  private String key(Limit limit, String whose) {
    return "%s:%s:%s".formatted(limit.key(), settings.of(limit), whose);
  }

  private static Duration wait(ConsumptionProbe probe) {
    return Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
  }

  private void noteRefusal(Limit limit, String whose) {
    requireNonNull(refused.get(limit)).increment();
    if (told.asMap().putIfAbsent(limit.key() + whose, true) == null) {
      log.info("{} has to wait: {} are {}", whose, limit.key(), settings.of(limit));
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    refused.forEach(
        (limit, count) ->
            FunctionCounter.builder("pulse.limits.refused", count, LongAdder::doubleValue)
                .description("Requests that came too often")
                .tag("limit", limit.key())
                .register(registry));
  }
}
