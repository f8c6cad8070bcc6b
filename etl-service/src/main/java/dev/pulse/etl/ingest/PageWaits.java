package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Partition;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Says of a run that it waits within a page, for as long as it does, to whoever asks any node. */
@Component
class PageWaits {

  private static final Logger log = LoggerFactory.getLogger(PageWaits.class);

  /** Shorter ones are over before anybody could be told. */
  private static final Duration SHOWN = Duration.ofSeconds(1);

  private final JdbcClient jdbc;

  PageWaits(@Qualifier("ingest") JdbcTemplate ingest) {
    this.jdbc = JdbcClient.create(ingest);
  }

  /** Where in a run something is read; {@link Partition#WHOLE} also for what is asked of all. */
  record Place(RunScope run, String stream, Partition partition) {

    Place(RunScope run, String stream) {
      this(run, stream, Partition.WHOLE);
    }
  }

  /**
   * Waits, where nothing is half done.
   *
   * @throws StopSignal.Stopped as soon as the run is to end
   */
  void sleep(StopSignal stop, Place place, Duration howLong, String reason)
      throws InterruptedException {
    if (howLong.compareTo(SHOWN) < 0) {
      stop.sleep(howLong);
      return;
    }
    note(place, howLong, reason);
    try {
      stop.sleep(howLong);
    } finally {
      forget(place);
    }
  }

  /** Nothing is written for a run that is somebody else's. */
  private void note(Place place, Duration howLong, String reason) {
    var fence = place.run.fence();
    patiently(
        () ->
            jdbc.sql(
                    """
                    insert into run_wait (run_id, stream, partition, token, reason, until_at)
                    select run_id, :stream, :partition, token, :reason,
                      clock_timestamp() + :wait * interval '1 millisecond'
                    from run_lease
                    where run_id = :run and token = :token
                    on conflict (run_id, stream, partition) do update
                       set token = excluded.token, reason = excluded.reason, until_at = excluded.until_at
                    """)
                .param("run", fence.runId())
                .param("token", fence.token())
                .param("stream", place.stream)
                .param("partition", place.partition.id())
                .param("reason", StorableText.of(reason))
                .param("wait", howLong.toMillis())
                .update());
  }

  private void forget(Place place) {
    var fence = place.run.fence();
    patiently(
        () ->
            jdbc.sql(
                    """
                    delete from run_wait
                    where run_id = ? and stream = ? and partition = ? and token = ?
                    """)
                .params(fence.runId(), place.stream, place.partition.id(), fence.token())
                .update());
  }

  /** A wait that cannot be shown is still one. */
  private static void patiently(Runnable write) {
    try {
      write.run();
    } catch (DataAccessException | TransactionException e) {
      log.debug("A wait is not shown: {}", e.toString());
    }
  }
}
