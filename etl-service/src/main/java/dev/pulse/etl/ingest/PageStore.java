package dev.pulse.etl.ingest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.pulse.etl.connectors.CensusStream;
import dev.pulse.etl.connectors.Page;
import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.records.SourceRecord;
import dev.pulse.etl.ingest.RunCounters.Reading;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores pages: rows, scope, debts, quarantined records, counters and checkpoint commit in one
 * transaction, which first takes the fence, or not at all.
 */
@Component
public class PageStore {

  private final JdbcClient jdbc;
  private final Fences fences;
  private final RunCounters counters;
  private final RecordTables tables;
  private final Checkpoints checkpoints;
  private final Debts debts;
  private final Quarantine quarantine;
  private final ScopeElements scopeElements;
  private final StoredRows storedRows;
  private final CensusNotes census;
  private final SourceCounts sourceCounts;
  private final Coverage coverage;
  private final PageMeters meters;

  PageStore(
      @Qualifier("ingest") JdbcTemplate ingest,
      Fences fences,
      RunCounters counters,
      Checkpoints checkpoints,
      Debts debts,
      Quarantine quarantine,
      ScopeElements scopeElements,
      StoredRows storedRows,
      CensusNotes census,
      SourceCounts sourceCounts,
      Coverage coverage,
      PageMeters meters) {
    this.jdbc = JdbcClient.create(ingest);
    this.fences = fences;
    this.counters = counters;
    this.tables = new RecordTables(ingest);
    this.checkpoints = checkpoints;
    this.debts = debts;
    this.quarantine = quarantine;
    this.scopeElements = scopeElements;
    this.storedRows = storedRows;
    this.census = census;
    this.sourceCounts = sourceCounts;
    this.coverage = coverage;
    this.meters = meters;
  }

  /**
   * Stores a page of a walk and moves its checkpoint to {@code to}.
   *
   * @throws FenceLost if the run or the checkpoint belongs to somebody else now; nothing is stored
   */
  @Transactional("ingestTransactions")
  public PageResult save(RunScope run, Page page, Checkpoint to) {
    return save(run, page, to, Writing.TRUSTING);
  }

  /**
   * The same.
   *
   * @throws FenceLost as above
   */
  @Transactional("ingestTransactions")
  public PageResult save(RunScope run, Page page, Checkpoint to, Writing how) {
    fences.take(run.fence());
    var key = to.key();
    var reading = new Reading(to.tally().read(), to.tally().total(), false, page.last());
    var aside = new Aside(key.stream(), key.partition());
    var result = store(run, key.stream(), key.partition(), page, how, aside);
    counters.count(run, key.stream(), key.partition(), result, reading);
    checkpoints.move(to);
    return result;
  }

  /**
   * Debts that a page pays.
   *
   * @param of what all parents of the batch are part of; the whole if they differ
   * @param total how many the run pays, with those that it has paid
   */
  record Payment(String stream, Partition of, List<Debts.Debt> paid, long total) {}

  /**
   * Stores a page of a batch of debts. Those that {@code payment} names are paid, unless their
   * parent has been written again since.
   *
   * @param before pages of the stream that this run has {@linkplain RunCounters#pages stored}
   * @throws FenceLost if the run belongs to somebody else now, or has stored another page since;
   *     nothing is stored
   */
  @Transactional("ingestTransactions")
  public PageResult save(RunScope run, Page page, Payment payment, long before, Writing how) {
    fences.take(run.fence());
    var stream = payment.stream();
    var result = store(run, stream, Partition.WHOLE, page, how, new Aside(stream, payment.of()));
    long paid = debts.pay(run.connectionId(), stream, payment.paid());
    var reading = new Reading(paid, payment.total(), true, false);
    counters.count(run, stream, Partition.WHOLE, result, reading);
    if (counters.pages(run, stream) != before + 1) {
      throw new FenceLost("a page of " + stream + " was stored by somebody else");
    }
    return result;
  }

  /**
   * Notes that a run has paid all debts of a stream.
   *
   * @throws FenceLost if the run belongs to somebody else now
   */
  @Transactional("ingestTransactions")
  public void allPaid(RunScope run, String stream) {
    fences.take(run.fence());
    counters.ended(run, stream);
  }

  /**
   * Stores what a quarantined record turned out to be. No run is needed: what was stored after the
   * record had been read for the last time is newer, and stays. Does nothing if the connection is
   * gone.
   *
   * @param also written in the same transaction
   * @return why it may not be stored; empty = it is, and stays so if the database crashes
   */
  @Transactional("ingestTransactions")
  public Optional<String> saveRetried(
      RunScope run, Quarantine.Kept kept, Page page, Consumer<JdbcClient> also) {
    jdbc.sql("set local synchronous_commit = on").update(); // no walk would read it again
    boolean connected =
        jdbc.sql("select 1 from connection where id = ? for key share")
            .param(run.connectionId())
            .query(Integer.class)
            .optional()
            .isPresent();
    if (!connected) return Optional.empty();
    if (scopeElements.haveLeft(run.connectionId(), elements(kept, page))) {
      return Optional.of("the project or repository that it is part of is not read any more");
    }
    var entry = kept.entry();
    var written = tables.write(run.connectionId(), page, Writing.readAt(entry.lastSeen()));
    scopeElements.save(run, page.scope());
    debts.add(run.connectionId(), page.owed(), written);
    quarantine.remove(entry.id());
    also.accept(jdbc);
    storedRows.add(run.connectionId(), entry.stream(), Partition.WHOLE, written.live());
    return Optional.empty();
  }

  /** Where the record was read, and what its rows say that they are part of. */
  private static Set<String> elements(Quarantine.Kept kept, Page page) {
    var elements = new HashSet<String>();
    elements.add(kept.partition().id());
    for (var row : page.records())
      RecordLayout.of(row.getClass()).elementOf(row).ifPresent(elements::add);
    return elements;
  }

  /**
   * Marks records gone that the source no longer shows, and their children with them.
   *
   * @param of the type of the records
   * @throws FenceLost if the run belongs to somebody else now; nothing is marked
   */
  @Transactional("ingestTransactions")
  public void remove(
      RunScope run,
      String stream,
      Partition partition,
      Class<? extends SourceRecord> of,
      List<String> ids) {
    fences.take(run.fence());
    long gone =
        tables.remove(
            run.connectionId(), RecordLayout.of(of), ids, RecordTables.Reason.NOT_VISIBLE);
    debts.forgive(run.connectionId(), of, ids);
    storedRows.add(run.connectionId(), stream, partition, -gone);
    meters.removed(run.connectionId(), stream, gone);
    counters.deleted(run, stream, partition, gone);
  }

  /**
   * Stores records that a census found elsewhere in the scope than they were.
   *
   * @param from where they were
   * @throws FenceLost if the run belongs to somebody else now; nothing is stored
   */
  @Transactional("ingestTransactions")
  public void moved(RunScope run, CensusStream stream, Partition from, Page page) {
    fences.take(run.fence());
    // as who reads such records every time: it reads the next state, and maps what is kept of this
    var reader = stream.readBy().stream().sorted().findFirst().orElse(stream.name());
    var result = store(run, stream.name(), from, page, Writing.TRUSTING, new Aside(reader, from));
    counters.count(run, stream.name(), from, result, new Reading(0L, null, true, true));
  }

  /**
   * Forgets what a census found, once its outcome is settled, but for how many there were, and owes
   * what is not stored of it.
   *
   * @throws FenceLost if the run belongs to somebody else now
   */
  @Transactional("ingestTransactions")
  public void endCensus(RunScope run, CensusStream stream, String partition) {
    fences.take(run.fence());
    long connection = run.connectionId();
    census.oweMissing(run, stream, partition);
    long count = census.end(connection, stream.name(), partition);
    sourceCounts.note(connection, partition, stream, count);
  }

  /**
   * Takes a census for held whose outcome is clear from the source's own count.
   *
   * @throws FenceLost if the run belongs to somebody else now
   */
  @Transactional("ingestTransactions")
  public void counted(RunScope run, CensusStream stream, Checkpoint to, long count) {
    fences.take(run.fence());
    var partition = to.key().partition().id();
    coverage.readable(run, stream.name(), to.key().partition());
    sourceCounts.note(run.connectionId(), partition, stream, count);
    checkpoints.move(to);
  }

  /**
   * Under which stream, and where, a page's records are set aside that do not say it themselves.
   */
  private record Aside(String stream, Partition partition) {}

  private PageResult store(
      RunScope run, String stream, Partition partition, Page page, Writing how, Aside kept) {
    long connection = run.connectionId();
    var written = tables.write(connection, page, how);
    var aside =
        Stream.concat(page.unreadable().stream(), written.refused().values().stream()).toList();
    scopeElements.save(run, page.scope());
    scopeElements.leave(run, page.left());
    debts.add(connection, page.owed(), written);
    page.deleted().stream()
        .collect(groupingBy(Page.Deleted::type, mapping(Page.Deleted::externalId, toList())))
        .forEach((type, ids) -> debts.forgive(connection, type, ids));
    quarantine.settle(connection, Backfilled.plain(kept.stream), page, written);
    quarantine.add(run, Backfilled.plain(kept.stream), kept.partition, aside);
    census.note(connection, stream, partition, page);
    storedRows.add(connection, Backfilled.plain(stream), partition, written.live());
    var result = written.result().plus(new PageResult(0, 0, 0, 0, aside.size()));
    meters.page(connection, stream, result);
    return result;
  }
}
