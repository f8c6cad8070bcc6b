package dev.pulse.etl.platform.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What sources still allow, per budget and resource. Requests are paid for before they are sent;
 * what the source then says in its headers is the truth. Kept in the database too, so that a
 * restart, or another node, does not ask where it was told to wait.
 */
@Component
@EnableConfigurationProperties(BudgetSettings.class)
public class Budgets {

  private static final Duration SAVE_EVERY = Duration.ofSeconds(2);

  private final JdbcClient jdbc;
  private final BudgetSettings settings;
  private final Clock clock;
  private final ConcurrentHashMap<Id, Budget> budgets = new ConcurrentHashMap<>();

  Budgets(JdbcClient jdbc, BudgetSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  private record Id(BudgetKey key, String resource) {}

  /**
   * A budget as it was last seen.
   *
   * @param allowance requests or points per window; null where the source does not say
   * @param blockedUntil told by the source to wait until then; null = not
   */
  public record State(
      String budgetKey,
      String resource,
      @Nullable Long allowance,
      @Nullable Long remaining,
      @Nullable Instant resetsAt,
      @Nullable Instant blockedUntil,
      @Nullable String reason) {}

  /**
   * Pays for a request.
   *
   * @param cost in the resource's unit, requests or points
   * @throws BudgetExhausted if what is left, less the reserve, does not cover it
   */
  public void take(BudgetKey key, String resource, long cost) {
    budget(key, resource).take(cost, clock.instant(), settings.reservePercent());
  }

  /** Sets a budget to what the source says is left. */
  public void reconcile(
      BudgetKey key, String resource, long allowance, long remaining, Instant resetsAt) {
    var id = new Id(key, resource);
    var budget = budget(key, resource);
    if (budget.reconcile(allowance, remaining, resetsAt, clock.instant())) save(id, budget);
  }

  /** Stops all requests of a budget until the source wants to be asked again. */
  public void block(BudgetKey key, String resource, Instant until, String reason) {
    var budget = budget(key, resource);
    budget.block(until, reason);
    save(new Id(key, resource), budget);
  }

  /** All budgets that have been used. */
  public List<State> all() {
    return jdbc.sql(
            """
            select budget_key, resource, allowance, remaining, resets_at, blocked_until, reason
            from rate_budget
            order by budget_key, resource
            """)
        .query(State.class)
        .list();
  }

  private Budget budget(BudgetKey key, String resource) {
    return budgets.computeIfAbsent(new Id(key, resource), this::load);
  }

  private Budget load(Id id) {
    return jdbc.sql(
            """
            select allowance, remaining, resets_at, blocked_until, reason
            from rate_budget
            where budget_key = ? and resource = ?
            """)
        .params(id.key.value(), id.resource)
        .query(
            (row, number) ->
                new Budget(
                    row.getObject("allowance", Long.class),
                    row.getObject("remaining", Long.class),
                    instant(row.getTimestamp("resets_at")),
                    instant(row.getTimestamp("blocked_until")),
                    row.getString("reason")))
        .optional()
        .orElseGet(() -> new Budget(null, null, null, null, null));
  }

  private void save(Id id, Budget budget) {
    synchronized (budget) {
      jdbc.sql(
              """
              insert into rate_budget as b (budget_key, resource, allowance, remaining, resets_at, blocked_until, reason)
              values (:key, :resource, :allowance, :remaining, :resets, :blocked, :reason)
              on conflict (budget_key, resource) do update
                 set allowance = excluded.allowance, remaining = excluded.remaining, resets_at = excluded.resets_at,
                     blocked_until = excluded.blocked_until, reason = excluded.reason, updated_at = clock_timestamp()
              """)
          .param("key", id.key.value())
          .param("resource", id.resource)
          .param("allowance", budget.allowance)
          .param("remaining", budget.remaining)
          .param(
              "resets", budget.resetsAt == null ? null : budget.resetsAt.atOffset(ZoneOffset.UTC))
          .param(
              "blocked",
              budget.blockedUntil == null ? null : budget.blockedUntil.atOffset(ZoneOffset.UTC))
          .param("reason", budget.reason)
          .update();
    }
  }

  private static @Nullable Instant instant(java.sql.@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }

  private static final class Budget {

    private @Nullable Long allowance;
    private @Nullable Long remaining;
    private @Nullable Instant resetsAt;
    private @Nullable Instant blockedUntil;
    private @Nullable String reason;
    private Instant savedAt = Instant.EPOCH;

    Budget(
        @Nullable Long allowance,
        @Nullable Long remaining,
        @Nullable Instant resetsAt,
        @Nullable Instant blockedUntil,
        @Nullable String reason) {
      this.allowance = allowance;
      this.remaining = remaining;
      this.resetsAt = resetsAt;
      this.blockedUntil = blockedUntil;
      this.reason = reason;
    }

    synchronized void take(long cost, Instant now, int reservePercent) {
      if (blockedUntil != null && now.isBefore(blockedUntil)) {
        throw new BudgetExhausted(reason == null ? "asked to wait" : reason, blockedUntil);
      }
      if (allowance == null || remaining == null || resetsAt == null) return;
      if (!now.isBefore(resetsAt)) {
        remaining = null; // a new window: its first answer tells how much is in it
        return;
      }
      if (remaining - cost < allowance * reservePercent / 100) {
        throw new BudgetExhausted(
            "%d of %d left, of which %d %% are kept for others"
                .formatted(remaining, allowance, reservePercent),
            resetsAt);
      }
      remaining -= cost;
    }

    /**
     * True if it is time to save. Answers may overtake each other: within a window it only falls.
     */
    synchronized boolean reconcile(long allowed, long left, Instant resets, Instant now) {
      boolean sameWindow =
          resetsAt != null
              && remaining != null
              && Duration.between(resetsAt, resets).abs().toSeconds() < 2;
      allowance = allowed;
      remaining = sameWindow && remaining != null ? Math.min(remaining, left) : Long.valueOf(left);
      resetsAt = resets;
      if (Duration.between(savedAt, now).compareTo(SAVE_EVERY) < 0) return false;
      savedAt = now;
      return true;
    }

    synchronized void block(Instant until, String why) {
      if (blockedUntil != null && blockedUntil.isAfter(until)) return;
      blockedUntil = until;
      reason = why;
    }
  }
}
