package dev.pulse.backend.platform;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * What all nodes share beside the database, and can do without. As soon as it does not answer it is
 * not asked any more; a thread of its own looks whether it is back. Nothing that has to be right is
 * kept here: it may forget everything at any time.
 */
@Component
public class Redis implements SmartLifecycle, MeterBinder {

  private static final Logger log = LoggerFactory.getLogger(Redis.class);

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  /** Written, since a Redis that is full, or a copy of another, only reads. */
  private static final String PROBE = "pulse:probe";

  private static final long PROBE_SECONDS = 60;

  private final RedisSettings settings;
  private final ScheduledExecutorService prober =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("redis-probe").factory());
  private final AtomicLong losses = new AtomicLong();
  private @Nullable RedisClient client;
  private volatile @Nullable StatefulRedisConnection<String, byte[]> here;
  private boolean awayTold;
  private volatile boolean running;

  Redis(RedisSettings settings) {
    this.settings = settings;
  }

  /** Whether there should be one. */
  public boolean isWanted() {
    return settings.url() != null;
  }

  /** Whether it has answered when it was last asked. */
  public boolean isHere() {
    return here != null;
  }

  /**
   * Asks it something.
   *
   * @return empty, at once, if it is not there; empty after {@link RedisSettings#timeout} if it has
   *     just ceased to answer
   */
  public <T> Optional<T> ask(Function<StatefulRedisConnection<String, byte[]>, T> question) {
    var connection = here;
    if (connection == null) return Optional.empty();
    try {
      return Optional.of(question.apply(connection));
    } catch (RedisException e) {
      lost(connection, e);
      return Optional.empty();
    }
  }

  /** Looks once before the first request is taken, so that all are counted in the same place. */
  @Override
  public void start() {
    running = true;
    if (settings.url() == null) return;
    client = RedisClients.make(settings);
    probe();
    long every = settings.probe().toMillis();
    var _ = prober.scheduleWithFixedDelay(this::probe, every, every, TimeUnit.MILLISECONDS);
  }

  private void probe() {
    var connection = here;
    try {
      if (connection == null) found(connect());
      else write(connection);
    } catch (RuntimeException e) { // whatever it is: one that escaped would end all probing
      lost(connection, e);
    }
  }

  private StatefulRedisConnection<String, byte[]> connect() {
    if (client == null) throw new IllegalStateException("not started");
    var fresh = client.connect(CODEC);
    try {
      write(fresh);
      return fresh;
    } catch (RedisException e) {
      fresh.close();
      throw e;
    }
  }

  private static void write(StatefulRedisConnection<String, byte[]> connection) {
    connection.sync().setex(PROBE, PROBE_SECONDS, new byte[0]);
  }

  private synchronized void found(StatefulRedisConnection<String, byte[]> connection) {
    here = connection;
    awayTold = false;
    log.info("Redis answers: the nodes share their limits");
  }

  /** Of many requests that notice it at once, one is right about it. */
  @SuppressWarnings("ReferenceEquality") // it is about this very connection
  private synchronized void lost(
      @Nullable StatefulRedisConnection<String, byte[]> connection, Exception failure) {
    if (here != connection || !running) return;
    here = null;
    if (connection != null) {
      losses.incrementAndGet();
      var _ = connection.closeAsync(); // whoever has noticed does not wait for that
    }
    if (awayTold) return;
    awayTold = true;
    log.warn(
        "Redis does not answer, so each node counts for itself until it does: {}",
        NestedExceptionUtils.getMostSpecificCause(failure).toString());
  }

  @Override
  public void stop() {
    running = false;
    prober.shutdownNow();
    if (client != null) client.shutdown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the first request is taken. */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    if (!isWanted()) return;
    Gauge.builder("pulse.redis.up", this, redis -> redis.isHere() ? 1 : 0)
        .description("Whether Redis answers")
        .register(registry);
    FunctionCounter.builder("pulse.redis.losses", losses, AtomicLong::doubleValue)
        .description("Times that Redis ceased to answer")
        .register(registry);
  }
}
