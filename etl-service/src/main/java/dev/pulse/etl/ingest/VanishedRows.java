package dev.pulse.etl.ingest;

import dev.pulse.etl.platform.lists.ById.Numbered;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows that vanished with so many others that an operator must say whether that is true. */
@Component
public class VanishedRows {

  private static final int AT_ONCE = 10_000;

  private final JdbcTemplate ingest;
  private final JdbcClient jdbc;
  private final JdbcTemplate decisions;

  /** Made with what runs write with, and what decisions of operators are written with. */
  VanishedRows(@Qualifier("ingest") JdbcTemplate ingest, JdbcTemplate decisions) {
    this.decisions = decisions;
    this.ingest = ingest;
    this.jdbc = JdbcClient.create(ingest);
  }

  /**
   * A row that waits.
   *
   * @param stream the census that missed it
   * @param partition the project or repository it is part of
   * @param approvedAt when an operator agreed; null = waits for one
   */
  public record Vanished(
      long id,
      String stream,
      String partition,
      String externalId,
      Instant noticedAt,
      @Nullable Instant approvedAt)
      implements Numbered {}

  /** Those of a connection; their numbers are in the order in which they were noticed. */
  public Listed<Vanished> list(long connection, Keyset<Numbered> page) {
    return page.page(
        page.in(
                jdbc.sql(
                    """
                    select id, stream, partition, external_id, noticed_at, approved_at
                    from vanished
                    where connection_id = :connection
                    """
                        + page.sql()))
            .param("connection", connection)
            .query(Vanished.class)
            .list());
  }

  /**
   * It is true: the next run removes them, each unless the source shows it by then.
   *
   * @param upTo the highest id that was looked at: what vanished later waits for another look
   * @return how many it were
   */
  public int approve(long connection, String stream, long upTo, @Nullable String reason) {
    return decisions.update(
        """
        update vanished set approved_at = clock_timestamp(), reason = ?
        where connection_id = ? and stream = ? and id <= ? and approved_at is null
        """,
        reason,
        connection,
        stream,
        upTo);
  }

  /** It is not: the rows stay, and the next census looks again. */
  public int reject(long connection) {
    return decisions.update(
        "delete from vanished where connection_id = ? and approved_at is null", connection);
  }

  void hold(RunScope run, String stream, Map<String, List<String>> ids) {
    ids.forEach(
        (partition, of) ->
            ingest.update(
                """
                insert into vanished (connection_id, stream, partition, external_id)
                select ?, ?, ?, id
                from unnest(?::text[]) as id
                on conflict do nothing
                """,
                run.connectionId(),
                stream,
                partition,
                of.toArray(String[]::new)));
  }

  /** Some of those that an operator has agreed to; empty = none is left. */
  Map<String, List<String>> approved(long connection, String stream) {
    var approved = new LinkedHashMap<String, List<String>>();
    jdbc.sql(
            """
            select partition, external_id
            from vanished
            where connection_id = ? and stream = ? and approved_at is not null
            order by id
            limit ?
            """)
        .params(connection, stream, AT_ONCE)
        .query(
            row -> {
              approved
                  .computeIfAbsent(row.getString("partition"), key -> new ArrayList<>())
                  .add(row.getString("external_id"));
            });
    return approved;
  }

  /** Forgets those that were acted on; others may have been approved meanwhile. */
  void done(long connection, String stream, Map<String, List<String>> ids) {
    for (var each : ids.values()) {
      ingest.update(
          "delete from vanished where connection_id = ? and stream = ? and external_id = any (?)",
          connection,
          stream,
          each.toArray(String[]::new));
    }
  }
}
