package dev.pulse.backend.platform;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A Redis that all nodes share; without one each node is by itself.
 *
 * @param url such as {@code redis://redis:6379} or, over TLS, {@code rediss://redis:6380/1} with
 *     the number of a database; null = none
 * @param username of an ACL; empty = Redis' default user
 * @param password empty = none
 * @param caFile PEM of the authority that has signed its certificate; null = those that Java trusts
 * @param timeout for one question (10 ms–1 s): a request waits no longer, and the next not at all
 * @param probe how often it is looked whether it is there (100 ms–1 min)
 */
@ConfigurationProperties("pulse.redis")
record RedisSettings(
    @Nullable URI url,
    @DefaultValue("") String username,
    @DefaultValue("") String password,
    @Nullable Path caFile,
    @DefaultValue("250ms") Duration timeout,
    @DefaultValue("1s") Duration probe) {

  private static final Set<String> SCHEMES = Set.of("redis", "rediss");

  RedisSettings {
    if (url != null && url.toString().isBlank()) url = null;
    if (url != null) check(url);
    if (caFile != null && caFile.toString().isBlank()) caFile = null;
    if (caFile != null && (url == null || !url.getScheme().equals("rediss"))) {
      throw new IllegalArgumentException("pulse.redis.ca-file is of use with a rediss:// URL only");
    }
    between(timeout, Duration.ofMillis(10), Duration.ofSeconds(1), "pulse.redis.timeout");
    between(probe, Duration.ofMillis(100), Duration.ofMinutes(1), "pulse.redis.probe");
  }

  private static void check(URI url) {
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "pulse.redis.url holds a password, which everybody would see: set pulse.redis.password");
    }
    if (url.getHost() == null
        || !SCHEMES.contains(String.valueOf(url.getScheme()))
        || url.getRawQuery() != null
        || !url.getRawPath().matches("(/([0-9]{1,3})?)?")) {
      throw new IllegalArgumentException(
          "pulse.redis.url is no Redis, such as redis://redis:6379 or rediss://redis:6380: " + url);
    }
  }

  private static void between(Duration given, Duration least, Duration most, String name) {
    if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s is not between %d ms and %d ms".formatted(name, least.toMillis(), most.toMillis()));
    }
  }

  @Override
  public String toString() {
    return "RedisSettings[%s]".formatted(url);
  }
}
