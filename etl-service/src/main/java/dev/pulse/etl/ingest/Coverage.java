package dev.pulse.etl.ingest;

import dev.pulse.etl.connectors.Partition;
import dev.pulse.etl.connectors.WalkedStream.PlannedWalk;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What could not be read when it was tried last: of which stream, why, and since when. A stream
 * that can be read again says nothing of the others.
 */
@Component
public class Coverage {

  private final JdbcTemplate ingest;
  private final Fences fences;

  Coverage(@Qualifier("ingest") JdbcTemplate ingest, Fences fences) {
    this.ingest = ingest;
    this.fences = fences;
  }

  /**
   * A part of a stream that could not be read.
   *
   * @param partition a project or repository, or what else the stream reads together; empty = all
   */
  public record Unreadable(String partition, String stream, String reason, Instant since) {}

  /** Of some projects and repositories, the longest unreadable first. */
  public List<Unreadable> of(long connection, List<String> elements) {
    return select("partition = any (?)", connection, elements.toArray(String[]::new));
  }

  /** Of what is no one project or repository. */
  public List<Unreadable> ofNoElement(long connection) {
    return select(
        """
        not exists (
          select
          from scope_element e
          where e.connection_id = u.connection_id and e.external_id = u.partition)
        """,
        connection);
  }

  private List<Unreadable> select(String which, Object... parameters) {
    return ingest.query(
        """
        select partition, stream, reason, since
        from unreadable u
        where connection_id = ? and %s
        order by partition, since, stream
        """
            .formatted(which),
        (row, n) ->
            new Unreadable(
                row.getString("partition"),
                row.getString("stream"),
                row.getString("reason"),
                row.getTimestamp("since").toInstant()),
        parameters);
  }

  /** The partitions that a stream could not read when it last tried. */
  Set<String> denied(long connection, String stream) {
    return Set.copyOf(
        ingest.queryForList(
            "select partition from unreadable where connection_id = ? and stream = ?",
            String.class,
            connection,
            stream));
  }

  /**
   * A partition could not be read; if it could not before, it is said since when.
   *
   * @throws FenceLost if the run belongs to somebody else now
   */
  @Transactional("ingestTransactions")
  public void unreadable(RunScope run, String stream, Partition partition, String reason) {
    fences.take(run.fence());
    ingest.update(
        """
        insert into unreadable (connection_id, partition, stream, reason)
        values (?, ?, ?, ?)
        on conflict (connection_id, partition, stream) do update set reason = excluded.reason
        """,
        run.connectionId(),
        partition.id(),
        stream,
        StorableText.of(reason));
  }

  /**
   * A partition was read.
   *
   * @throws FenceLost if the run belongs to somebody else now
   */
  @Transactional("ingestTransactions")
  public void readable(RunScope run, String stream, Partition partition) {
    if (!denied(run.connectionId(), stream).contains(partition.id())) return;
    fences.take(run.fence());
    ingest.update(
        "delete from unreadable where connection_id = ? and partition = ? and stream = ?",
        run.connectionId(),
        partition.id(),
        stream);
  }

  /**
   * A stream could be planned. What it no longer reads as one, such as all of it if it was refused
   * as a whole before it told its parts, is forgotten.
   *
   * @throws FenceLost if the run belongs to somebody else now
   */
  @Transactional("ingestTransactions")
  public void planned(RunScope run, String stream, List<PlannedWalk> walks) {
    if (denied(run.connectionId(), stream).isEmpty()) return;
    fences.take(run.fence());
    ingest.update(
        """
        delete from unreadable u
        where u.connection_id = ? and u.stream = ? and u.partition <> all (?)
          and not exists (
            select
            from scope_element e
            where e.connection_id = u.connection_id and e.external_id = u.partition and e.included)
        """,
        run.connectionId(),
        stream,
        walks.stream().map(walk -> walk.partition().id()).toArray(String[]::new));
  }
}
