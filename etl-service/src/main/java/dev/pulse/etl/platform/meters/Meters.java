package dev.pulse.etl.platform.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts and measures. What has no tags is told from the start, as nought. */
@Component
public class Meters {

  private static final Duration[] REQUEST_BOUNDS =
      Arrays.stream(new int[] {100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000})
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Operations operations = new Operations();
  private final Map<Measure, Map<List<String>, Shown>> shown = new EnumMap<>(Measure.class);

  public Meters(MeterRegistry registry) {
    this.registry = registry;
    for (var measure : Measure.values()) {
      switch (measure.kind()) {
        case COUNTER -> {
          if (measure.tags().isEmpty()) count(measure, 0);
        }
        case TIMER -> {
          if (measure.tags().isEmpty()) timer(measure, Tags.empty());
        }
        case GAUGE -> {} // is told when there is something to show
      }
    }
  }

  /**
   * What a gauge says of one thing.
   *
   * @param tags values in the order of {@link Measure#tags()}
   */
  public record Reading(double value, List<String> tags) {

    public Reading {
      tags = List.copyOf(tags);
    }

    public static Reading of(double value, String... tags) {
      return new Reading(value, List.of(tags));
    }
  }

  /** Counts something that happened; {@code values} in the order of {@link Measure#tags()}. */
  public void count(Measure what, double amount, String... values) {
    Counter.builder(what.meter())
        .description(what.meaning())
        .tags(tags(what, List.of(values)))
        .register(registry)
        .increment(amount);
  }

  /** Counts once the transaction around it has committed; at once if there is none. */
  public static void onceCommitted(Runnable counting) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      counting.run();
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            counting.run();
          }
        });
  }

  public void time(Measure what, Duration took, String... values) {
    timer(what, tags(what, List.of(values))).record(took);
  }

  /** The name of an operation in figures: ids are left out, and there are not many. */
  public String operation(String connector, String operation) {
    return operations.bounded(connector, operation);
  }

  /**
   * A request to a source has ended.
   *
   * @param operation may hold ids: they are left out
   * @param status of the answer; 0 = there was none
   */
  public void request(String connector, String operation, int status, Duration took) {
    time(
        Measure.SOURCE_REQUESTS,
        took,
        connector,
        operations.bounded(connector, operation),
        status == 0 ? "none" : status / 100 + "xx");
  }

  /** One series of a gauge, and the value that it tells. */
  private record Shown(Gauge series, AtomicReference<Double> value) {}

  /**
   * What a gauge says from now on; of what is not in {@code readings} it says nothing. A series
   * that stays is not registered anew: whoever scrapes meanwhile would meet it twice.
   */
  public synchronized void show(Measure gauge, List<Reading> readings) {
    var series = shown.computeIfAbsent(gauge, any -> new HashMap<>());
    var told = readings.stream().map(Reading::tags).collect(Collectors.toSet());
    series
        .entrySet()
        .removeIf(
            each -> {
              if (told.contains(each.getKey())) return false;
              registry.remove(each.getValue().series());
              return true;
            });
    for (var each : readings) {
      series.computeIfAbsent(each.tags(), tags -> shown(gauge, tags)).value().set(each.value());
    }
  }

  private Shown shown(Measure gauge, List<String> tags) {
    var value = new AtomicReference<>(Double.NaN);
    return new Shown(gauge(gauge, tags(gauge, tags), value::get), value);
  }

  /** A gauge that is read whenever it is asked for: it must cost nothing. */
  public void watch(Measure gauge, Supplier<Number> now) {
    var _ = gauge(gauge, Tags.empty(), now);
  }

  private Gauge gauge(Measure gauge, Tags tags, Supplier<Number> now) {
    return Gauge.builder(gauge.meter(), now)
        .description(gauge.meaning())
        .tags(tags)
        .register(registry);
  }

  private Timer timer(Measure what, Tags tags) {
    var timer = Timer.builder(what.meter()).description(what.meaning()).tags(tags);
    if (what == Measure.SOURCE_REQUESTS) timer.serviceLevelObjectives(REQUEST_BOUNDS);
    return timer.register(registry);
  }

  private static Tags tags(Measure what, List<String> values) {
    if (values.size() != what.tags().size()) {
      throw new IllegalArgumentException(what + " has the tags " + what.tags());
    }
    var tags = Tags.empty();
    for (int i = 0; i < values.size(); i++) tags = tags.and(what.tags().get(i), values.get(i));
    return tags;
  }
}
