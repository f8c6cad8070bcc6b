package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import dev.pulse.etl.ingest.PageWaits.Place;
import dev.pulse.etl.platform.http.HttpFailure.Down;
import dev.pulse.etl.platform.meters.Measure;
import dev.pulse.etl.platform.meters.Meters;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks for a page again when that can help: later if the source was unavailable, smaller if the
 * page was too heavy. All other failures, interrupts, and a run that is to end pass through at
 * once.
 */
@Component
class PatientReader {

  private static final Logger log = LoggerFactory.getLogger(PatientReader.class);

  private final RetryConfig config;
  private final Duration patience;
  private final Clock clock;
  private final PageWaits waits;
  private final Meters meters;

  PatientReader(IngestSettings settings, Clock clock, PageWaits waits, Meters meters) {
    this.patience = settings.backoffLimit();
    this.clock = clock;
    this.waits = waits;
    this.meters = meters;
    config =
        RetryConfig.custom()
            .maxAttempts(settings.attempts())
            .intervalFunction(
                IntervalFunction.ofExponentialRandomBackoff(
                    settings.backoff(), 2, 0.5, settings.backoffLimit()))
            .retryOnException(SourceUnavailable.class::isInstance)
            .build();
  }

  /** One attempt to read a page. */
  interface Read {
    Page page(int pageSize) throws InterruptedException;
  }

  /** A request that gives up only after all attempts. */
  interface Attempt<T> {
    T make() throws InterruptedException;
  }

  Page read(StopSignal stop, Place place, AdaptivePageSize size, Read read)
      throws InterruptedException {
    var page = patiently(stop, place, () -> shrinking(size, read));
    size.wentWell();
    return page;
  }

  /**
   * The same for a page whose size is not asked for but given with the request.
   *
   * @throws TooHeavy if the page was too heavy: what to ask for instead, the caller decides
   */
  Page readAsIs(StopSignal stop, Place place, AdaptivePageSize size, Attempt<Page> read)
      throws InterruptedException {
    var page = patiently(stop, place, read);
    size.wentWell();
    return page;
  }

  <T> T patiently(StopSignal stop, Place place, Attempt<T> attempt) throws InterruptedException {
    var retry = Retry.of(place.stream(), config).<T>asyncContext();
    while (true) {
      try {
        return attempt.make();
      } catch (SourceUnavailable e) {
        long wait = retry.onError(e);
        if (wait < 0) throw e;
        if (e.getCause() instanceof Down down) {
          wait = Math.max(wait, Duration.between(clock.instant(), down.probeAt()).toMillis());
          if (wait > patience.toMillis()) throw e; // it has been down for long
        }
        meters.count(Measure.PAGE_RETRIES, 1, place.stream());
        log.info("Asking again in {} ms: {}", wait, e.getMessage());
        waits.sleep(stop, place, Duration.ofMillis(wait), Sync.message(e));
      }
    }
  }

  static SourceUnavailable tooHeavyAnyway(TooHeavy failure) {
    return new SourceUnavailable(
        "too heavy even as the smallest page: " + failure.getMessage(), failure);
  }

  private static Page shrinking(AdaptivePageSize size, Read read) throws InterruptedException {
    while (true) {
      try {
        return read.page(size.now());
      } catch (TooHeavy e) {
        if (!size.halve()) throw tooHeavyAnyway(e);
        log.info("Page too heavy, asking for {} records", size.now());
      }
    }
  }
}
