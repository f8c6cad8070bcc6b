package dev.pulse.etl.platform.budget;

import dev.pulse.etl.platform.access.Visible;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** Budgets in the database: what all nodes share. */
@Component
class RateBudgets {

  /**
   * The end of a window is computed for each answer: it wobbles by a second, since sources tell
   * their time in whole seconds, and by how long the answer was under way.
   */
  private static final Duration WOBBLE = Duration.ofSeconds(5);

  private final JdbcClient jdbc;

  RateBudgets(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  static boolean sameWindow(@Nullable Instant known, Instant told) {
    return known != null && Duration.between(known, told).abs().compareTo(WOBBLE) < 0;
  }

  /** Those from which jobs pay that whoever asks may see. */
  List<Budgets.State> all() {
    return jdbc.sql(
            """
            select *
            from rate_budget b
            where :visible::bigint[] is null
               or exists (select from job j where j.id = any(:visible) and b.budget_key = any(j.budget_keys))
            order by budget_key, resource
            """)
        .param("visible", Visible.now().ids())
        .query((row, n) -> state(row))
        .list();
  }

  /**
   * A budget, and when it was looked at.
   *
   * @param now by the database's clock
   */
  record Seen(Budgets.State state, Instant now) {}

  Seen find(Budgets.Id id) {
    return of(
            id,
            """
            select b.*, clock_timestamp() as now
            from (select) as always
            left join rate_budget b on b.budget_key = :key and b.resource = :resource
            """)
        .query((row, n) -> row.getString("budget_key") == null ? unknown(id, row) : seen(row))
        .single();
  }

  /**
   * Takes up to {@code wanted}, and leaves the reserve.
   *
   * @return nothing if not even {@code needed} is there, or the window is another by now
   */
  long take(Budgets.Id id, long needed, long wanted, long reserve, Instant resetsAt) {
    return of(
            id,
            """
            with held as (
              select remaining
              from rate_budget
              where budget_key = :key and resource = :resource and remaining - :reserve >= :needed
                and resets_at between :resets::timestamptz - interval '5 seconds'
                                  and :resets::timestamptz + interval '5 seconds'
              for update
            )
            update rate_budget b
               set remaining = b.remaining - least(:wanted, held.remaining - :reserve),
                   updated_at = clock_timestamp()
            from held
            where b.budget_key = :key and b.resource = :resource
            returning least(:wanted, held.remaining - :reserve)
            """)
        .param("needed", needed)
        .param("wanted", wanted)
        .param("reserve", reserve)
        .param("resets", utc(resetsAt))
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** Within a window what is left only falls: answers may overtake each other. */
  Seen reconcile(Budgets.Id id, long allowance, long left, Duration resetsIn) {
    return of(
            id,
            """
            insert into rate_budget as b (budget_key, resource, allowance, remaining, resets_at)
            values (:key, :resource, :allowance, :left,
              clock_timestamp() + :resetsIn * interval '1 millisecond')
            on conflict (budget_key, resource) do update
               set allowance = excluded.allowance,
                   remaining = case
                     when b.remaining is null or excluded.resets_at >= b.resets_at + interval '5 seconds'
                       then excluded.remaining
                     else least(b.remaining, excluded.remaining) end,
                   resets_at = coalesce(greatest(b.resets_at, excluded.resets_at), excluded.resets_at),
                   updated_at = clock_timestamp()
            returning *, clock_timestamp() as now
            """)
        .param("allowance", allowance)
        .param("left", left)
        .param("resetsIn", resetsIn.toMillis())
        .query((row, n) -> seen(row))
        .single();
  }

  Seen block(Budgets.Id id, Duration wait, String reason) {
    return of(
            id,
            """
            insert into rate_budget as b (budget_key, resource, blocked_until, reason)
            values (:key, :resource, clock_timestamp() + :wait * interval '1 millisecond', :reason)
            on conflict (budget_key, resource) do update
               set reason = case when b.blocked_until > excluded.blocked_until then b.reason else excluded.reason end,
                   blocked_until = greatest(b.blocked_until, excluded.blocked_until),
                   updated_at = clock_timestamp()
            returning *, clock_timestamp() as now
            """)
        .param("wait", wait.toMillis())
        .param("reason", reason)
        .query((row, n) -> seen(row))
        .single();
  }

  private StatementSpec of(Budgets.Id id, String sql) {
    return jdbc.sql(sql).param("key", id.key().value()).param("resource", id.resource());
  }

  private static Seen seen(ResultSet row) throws SQLException {
    return new Seen(state(row), row.getTimestamp("now").toInstant());
  }

  private static Seen unknown(Budgets.Id id, ResultSet row) throws SQLException {
    return new Seen(Budgets.State.unknown(id), row.getTimestamp("now").toInstant());
  }

  private static Budgets.State state(ResultSet row) throws SQLException {
    return new Budgets.State(
        row.getString("budget_key"),
        row.getString("resource"),
        row.getObject("allowance", Long.class),
        row.getObject("remaining", Long.class),
        instant(row, "resets_at"),
        instant(row, "blocked_until"),
        row.getString("reason"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
