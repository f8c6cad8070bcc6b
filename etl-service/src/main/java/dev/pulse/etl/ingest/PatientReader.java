package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.SourceFailure.SourceUnavailable;
import dev.pulse.etl.connectors.SourceFailure.TooHeavy;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks for a page again when that can help: later if the source was unavailable, smaller if the
 * page was too heavy. All other failures, and interrupts, pass through at once.
 */
@Component
class PatientReader {

  private static final Logger log = LoggerFactory.getLogger(PatientReader.class);

  private final RetryConfig config;

  PatientReader(IngestSettings settings) {
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

  Page read(String what, AdaptivePageSize size, Read read) throws InterruptedException {
    var page = patiently(what, () -> shrinking(size, read));
    size.wentWell();
    return page;
  }

  <T> T patiently(String what, Attempt<T> attempt) throws InterruptedException {
    var retry = Retry.of(what, config);
    retry
        .getEventPublisher()
        .onRetry(
            event ->
                log.info(
                    "Asking again in {} ms: {}",
                    event.getWaitInterval().toMillis(),
                    event.getLastThrowable() == null ? "" : event.getLastThrowable().getMessage()));
    try {
      return Retry.decorateCheckedSupplier(retry, attempt::make).get();
    } catch (InterruptedException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static Page shrinking(AdaptivePageSize size, Read read) throws InterruptedException {
    while (true) {
      try {
        return read.page(size.now());
      } catch (TooHeavy e) {
        if (!size.halve()) {
          throw new SourceUnavailable("too heavy even as the smallest page: " + e.getMessage(), e);
        }
        log.info("Page too heavy, asking for {} records", size.now());
      }
    }
  }
}
