package dev.pulse.backend.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** The buckets of this node alone, so many at most, whoever comes from wherever. */
final class OwnBuckets {

  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  /**
   * Keeps none yet.
   *
   * @param unused after which a bucket is full again anyway, and can be forgotten
   */
  OwnBuckets(TimeMeter time, int most, Duration unused) {
    this.time = time;
    this.buckets = Caffeine.newBuilder().maximumSize(most).expireAfterAccess(unused).build();
  }

  ConsumptionProbe spend(String key, Rate rate) {
    return buckets.get(key, _ -> bucket(rate)).tryConsumeAndReturnRemaining(1);
  }

  /** How many it keeps. */
  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private Bucket bucket(Rate rate) {
    return Bucket.builder().addLimit(rate.bandwidth()).withCustomTimePrecision(time).build();
  }
}
