package dev.pulse.etl.monitoring;

import static dev.pulse.etl.monitoring.JobTroubles.instant;

import dev.pulse.etl.platform.access.Visible;
import dev.pulse.model.Attention;
import dev.pulse.model.Attention.Kind;
import dev.pulse.model.Attention.Page;
import dev.pulse.model.Attention.Severity;
import dev.pulse.model.Attention.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is missing of the data: records that could not be read, parts that may not be, and rows that
 * vanished. To be called in a transaction.
 */
@Component
class DataTroubles {

  private final JdbcClient jdbc;

  DataTroubles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Attention> all() {
    return Stream.of(quarantine(), coverage(), vanished()).flatMap(List::stream).toList();
  }

  /** Only where some have come lately: what has lain there for long somebody has seen. */
  private List<Attention> quarantine() {
    return of(
        """
        select c.id, c.name, count(*) as entries, count(*) filter (where q.first_seen > lately.began) as lately,
          min(q.first_seen) filter (where q.first_seen > lately.began) as since
        from quarantine q
        join connection c on c.id = q.connection_id
        cross join (select clock_timestamp() - interval '1 day' as began) lately
        where (:visible::bigint[] is null or c.id = any(:visible))
        group by c.id, c.name
        having count(*) filter (where q.first_seen > lately.began) > 0
        order by c.id
        """,
        Kind.QUARANTINE_GROWING,
        Page.QUARANTINE,
        row -> "Records of %s could not be read".formatted(row.getString("name")),
        row ->
            "%d within the last day, %d in all"
                .formatted(row.getLong("lately"), row.getLong("entries")),
        "Look at what they have in common; each can be tried again from there.");
  }

  private List<Attention> coverage() {
    return of(
        """
        select c.id, c.name, count(*) as entries, min(u.since) as since,
          (array_agg(u.reason order by u.since))[1] as reason
        from unreadable u
        join connection c on c.id = u.connection_id
        where (:visible::bigint[] is null or c.id = any(:visible))
        group by c.id, c.name
        order by c.id
        """,
        Kind.COVERAGE_HOLE,
        Page.COVERAGE,
        row -> "Parts of %s may not be read".formatted(row.getString("name")),
        row -> row.getString("reason"),
        "Give the token the rights that are named there, or leave the parts out of the scope.");
  }

  private List<Attention> vanished() {
    return of(
        """
        select c.id, c.name, count(*) as entries, min(v.noticed_at) as since,
          count(*) filter (where v.approved_at is null) as undecided
        from vanished v
        join connection c on c.id = v.connection_id
        where (:visible::bigint[] is null or c.id = any(:visible))
        group by c.id, c.name
        having count(*) filter (where v.approved_at is null) > 0
        order by c.id
        """,
        Kind.VANISHED_ROWS,
        Page.VANISHED,
        row -> "%s no longer shows much of what it had".formatted(row.getString("name")),
        row -> "%d rows are kept until somebody decides".formatted(row.getLong("undecided")),
        "Approve if they were deleted at the source; reject if the source or the token is at"
            + " fault.");
  }

  private interface Words {
    String of(ResultSet row) throws SQLException;
  }

  private List<Attention> of(
      String sql, Kind kind, Page page, Words title, Words detail, String remedy) {
    return jdbc.sql(sql)
        .param("visible", Visible.now().ids())
        .query(
            (row, n) ->
                new Attention(
                    kind,
                    Severity.WARNING,
                    title.of(row),
                    detail.of(row),
                    remedy,
                    Target.of(page, row.getLong("id")),
                    row.getLong("id"),
                    instant(row, "since"),
                    null,
                    row.getLong("entries")))
        .list();
  }
}
