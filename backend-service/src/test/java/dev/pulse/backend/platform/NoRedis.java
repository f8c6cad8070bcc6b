package dev.pulse.backend.platform;

import java.time.Duration;

/** An installation without Redis. */
public final class NoRedis {

  private NoRedis() {}

  public static Redis make() {
    return new Redis(
        new RedisSettings(null, "", "", null, Duration.ofMillis(100), Duration.ofSeconds(1)));
  }
}
