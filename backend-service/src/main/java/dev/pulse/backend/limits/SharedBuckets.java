package dev.pulse.backend.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pulse.backend.platform.Redis;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.github.bucket4j.util.concurrent.batch.BatchHelper.BatchFailedException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of all nodes, in Redis, where each is forgotten when it would be full again. How much
 * time has passed each node says by its own clock: one that is ahead gives what is due a bit early.
 */
final class SharedBuckets {

  private static final String PREFIX = "pulse:limit:";
  private static final Duration SLACK = Duration.ofSeconds(10);
  private static final int MOST_HANDLES = 10_000;

  private final Redis redis;
  private final TimeMeter time;
  private volatile @Nullable Handles handles;

  SharedBuckets(Redis redis, TimeMeter time) {
    this.redis = redis;
    this.time = time;
  }

  /** Empty if Redis does not answer, or is not there at all. */
  Optional<ConsumptionProbe> spend(String key, Rate rate) {
    return redis.ask(connection -> on(connection).spend(PREFIX + key, rate));
  }

  private Handles on(StatefulRedisConnection<String, byte[]> connection) {
    var known = handles;
    if (known == null || !known.connection.equals(connection)) {
      known = new Handles(connection, time);
      handles = known;
    }
    return known;
  }

  /**
   * What the buckets are reached by, over one connection. Requests of this node that want the same
   * bucket at once go together, so that they do not get in each other's way.
   */
  private static final class Handles {

    private final StatefulRedisConnection<String, byte[]> connection;
    private final ProxyManager<String> buckets;
    private final Cache<String, BucketProxy> known =
        Caffeine.newBuilder()
            .maximumSize(MOST_HANDLES)
            .expireAfterAccess(Duration.ofMinutes(1))
            .build();

    Handles(StatefulRedisConnection<String, byte[]> connection, TimeMeter time) {
      this.connection = connection;
      this.buckets =
          Bucket4jLettuce.casBasedBuilder(connection)
              .clientClock(time)
              .expirationAfterWrite(
                  ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(SLACK))
              .build();
    }

    /** Of those that go together, all fail as the first one does. */
    ConsumptionProbe spend(String key, Rate rate) {
      try {
        return known.get(key, _ -> bucket(key, rate)).tryConsumeAndReturnRemaining(1);
      } catch (BatchFailedException e) {
        throw e.getCause() instanceof RedisException failure ? failure : e;
      }
    }

    private BucketProxy bucket(String key, Rate rate) {
      var configuration = BucketConfiguration.builder().addLimit(rate.bandwidth()).build();
      return buckets
          .builder()
          .withOptimization(Optimizations.batching())
          .build(key, () -> configuration);
    }
  }
}
