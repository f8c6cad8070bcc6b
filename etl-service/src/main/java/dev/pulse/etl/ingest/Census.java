package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.ScopeElement;
import dev.pulse.etl.connectors.WalkedStream.Planning;
import dev.pulse.etl.ingest.PageWaits.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Finds rows whose record has vanished at the source. Absence from a complete list is a suspicion;
 * a record that the source does not show when asked for by id either is marked as not visible:
 * deleted, or hidden from the token, which sources do not tell apart. So is one that was moved out
 * of the scope; one that was moved within it is read again. When more vanish at once than usual
 * nothing is marked until an operator has said that it is true.
 */
@Component
class Census {

  /** Up to so many, or this share of all, may vanish between two censuses without a question. */
  private static final int USUAL = 50;

  private static final double USUAL_SHARE = 0.02;

  private static final int REMOVED_AT_ONCE = 1_000;
  private static final Logger log = LoggerFactory.getLogger(Census.class);

  private final JdbcTemplate ingest;
  private final IngestSettings settings;
  private final PatientReader reader;
  private final PageStore pages;
  private final VanishedRows vanished;
  private final Findings findings;
  private final Checkpoints checkpoints;
  private final SourceCounts sourceCounts;
  private final Suspicions suspicions;
  private final MissingRows missing;

  Census(
      @Qualifier("ingest") JdbcTemplate ingest,
      IngestSettings settings,
      PatientReader reader,
      PageStore pages,
      VanishedRows vanished,
      Findings findings,
      Checkpoints checkpoints,
      SourceCounts sourceCounts,
      Suspicions suspicions,
      MissingRows missing) {
    this.ingest = ingest;
    this.settings = settings;
    this.reader = reader;
    this.pages = pages;
    this.vanished = vanished;
    this.findings = findings;
    this.checkpoints = checkpoints;
    this.sourceCounts = sourceCounts;
    this.suspicions = suspicions;
    this.missing = missing;
  }

  /** Whatever of {@code scope} was not counted for long, or is being counted. */
  List<ScopeElement> due(RunScope run, CensusStream stream, List<ScopeElement> scope) {
    if (stream.whole()) return wholeIsDue(run, stream) ? scope : List.of();
    var due =
        Set.copyOf(
            ingest.queryForList(
                """
                select e.external_id
                from scope_element e
                left join checkpoint c
                  on c.connection_id = e.connection_id and c.stream = ? and c.partition = e.external_id
                where e.connection_id = ?
                  and (c.walk_started_at is not null
                    or coalesce(c.completed_at, e.seen_at) <= clock_timestamp() - ? * interval '1 millisecond')
                """,
                String.class,
                stream.name(),
                run.connectionId(),
                settings.censusEvery().toMillis()));
    return scope.stream().filter(element -> due.contains(element.externalId())).toList();
  }

  private boolean wholeIsDue(RunScope run, CensusStream stream) {
    return Boolean.TRUE.equals(
        ingest.queryForObject(
            """
            select c.walk_started_at is not null
              or coalesce(c.completed_at, e.seen_at) <= clock_timestamp() - ? * interval '1 millisecond'
            from (select min(seen_at) as seen_at from scope_element where connection_id = ?) e
            left join checkpoint c on c.connection_id = ? and c.stream = ? and c.partition = ?
            """,
            Boolean.class,
            settings.censusEvery().toMillis(),
            run.connectionId(),
            run.connectionId(),
            stream.name(),
            Partition.WHOLE.id()));
  }

  /**
   * Those of {@code due} that must be listed: all but those of which the source counts as many as
   * are stored, unless their list has been begun. Where something is in the quarantine equal
   * numbers say nothing: a record that was never stored and one that is gone make up for each
   * other.
   */
  List<ScopeElement> uncounted(RunScope run, StopSignal stop, CensusStream stream, Planning due)
      throws InterruptedException {
    if (due.scope().isEmpty()) return List.of();
    var counts =
        reader.patiently(stop, new Place(run, stream.name()), () -> stream.counts(due.scope()));
    if (counts.isEmpty()) return due.scope();
    var table = RecordLayout.of(stream.counted());
    var stored = sourceCounts.live(run.connectionId(), table, stream.kind());
    var aside = aside(run, stream);
    var listed = new ArrayList<ScopeElement>();
    for (var element : due.scope()) {
      var id = element.externalId();
      var count = counts.get(id);
      boolean vague = aside.contains(id) || aside.contains(Partition.WHOLE.id());
      if (count == null
          || vague
          || due.reached(id).open()
          || !count.equals(stored.getOrDefault(id, 0L))) {
        listed.add(element);
      } else {
        var key = new Checkpoint.Key(run.connectionId(), stream.name(), Partition.of(element));
        var empty = Page.servedAt(due.now()).last();
        pages.counted(run, stream, checkpoints.find(key).after(empty, stream, null, null), count);
      }
    }
    return listed;
  }

  /** Partitions of which records were set aside; the whole one if it is not known of which. */
  private Set<String> aside(RunScope run, CensusStream stream) {
    var streams = new HashSet<>(stream.readBy());
    stream.readAgainBy().ifPresent(streams::add);
    return Set.copyOf(
        ingest.queryForList(
            "select distinct partition from quarantine where connection_id = ? and stream = any"
                + " (?)",
            String.class,
            run.connectionId(),
            streams.toArray(String[]::new)));
  }

  /** Draws the conclusion from the censuses that have ended. */
  void settle(RunScope run, StopSignal stop, CensusStream stream, Sync.Listener listener)
      throws InterruptedException {
    var ended = ended(run, stream);
    if (!ended.isEmpty()) {
      settle(run, stop, stream, ended, listener);
      for (var partition : ended) pages.endCensus(run, stream, partition);
    }
    removeApproved(run, stop, stream);
  }

  private void settle(
      RunScope run,
      StopSignal stop,
      CensusStream stream,
      List<String> ended,
      Sync.Listener listener)
      throws InterruptedException {
    var table = RecordLayout.of(stream.counted());
    long usual = Math.max(USUAL, (long) (live(run, stream, table) * USUAL_SHARE));
    var gone = new LinkedHashMap<String, List<String>>();
    missing.each(
        run,
        stop,
        stream,
        ended,
        suspects -> {
          suspicions
              .confirm(run, stop, stream, suspects, usual - count(gone))
              .forEach((of, ids) -> gone.computeIfAbsent(of, _ -> new ArrayList<>()).addAll(ids));
          return count(gone) <= usual;
        });
    if (count(gone) <= usual) {
      remove(run, stream, gone);
      return;
    }
    log.warn(
        "More than {} {} vanished at once; an operator must say if that is true",
        usual,
        stream.counted().getSimpleName());
    var held = new AtomicLong();
    missing.each(
        run,
        stop,
        stream,
        ended,
        suspects -> {
          findings.hold(run, stream.name(), suspects);
          held.addAndGet(count(suspects));
          return true;
        });
    findings.held(run, stream.name(), held.get(), listener);
  }

  /** What an operator has agreed to is asked for once more: it may have come back meanwhile. */
  private void removeApproved(RunScope run, StopSignal stop, CensusStream stream)
      throws InterruptedException {
    while (true) {
      var approved = vanished.approved(run.connectionId(), stream.name());
      if (approved.isEmpty()) return;
      remove(run, stream, suspicions.confirm(run, stop, stream, approved, Long.MAX_VALUE));
      findings.done(run, stream.name(), approved);
    }
  }

  private void remove(RunScope run, CensusStream stream, Map<String, List<String>> gone) {
    for (var each : gone.entrySet()) {
      var partition =
          stream.whole() ? Partition.WHOLE : new Partition(each.getKey(), each.getKey());
      var ids = each.getValue();
      for (int at = 0; at < ids.size(); at += REMOVED_AT_ONCE) {
        int end = Math.min(at + REMOVED_AT_ONCE, ids.size());
        pages.remove(run, stream.name(), partition, stream.counted(), ids.subList(at, end));
      }
    }
  }

  /** Partitions counted to the end. */
  private List<String> ended(RunScope run, CensusStream stream) {
    return ingest.queryForList(
        """
        select n.partition
        from census n
        join checkpoint c using (connection_id, stream, partition)
        where n.connection_id = ? and n.stream = ? and c.walk_started_at is null
        order by n.partition
        """,
        String.class,
        run.connectionId(),
        stream.name());
  }

  private long live(RunScope run, CensusStream stream, RecordTable<?> table) {
    var live =
        ingest.queryForObject(
            "select count(*) from %s t where connection_id = ? and deleted_at is null%s"
                .formatted(table.name(), RecordTable.ofKind(stream.kind())),
            Long.class,
            run.connectionId());
    return live == null ? 0 : live;
  }

  private static long count(Map<String, List<String>> ids) {
    return ids.values().stream().mapToLong(List::size).sum();
  }
}
