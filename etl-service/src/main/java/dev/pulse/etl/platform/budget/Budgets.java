package dev.pulse.etl.platform.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * What sources still allow, per budget and resource. Requests are paid for before they are sent;
 * what the source then says in its headers is the truth.
 *
 * <p>All times are the database's: the clocks of nodes and sources need not agree with it.
 *
 * <p>The database holds what nobody has taken yet. Each node takes about ten seconds' worth at a
 * time, in one conditional update, so all nodes together never take more than there is, and a
 * request mostly costs no query. What a node has taken and not spent when it ends is lost until the
 * window ends.
 */
@Component
@EnableConfigurationProperties(BudgetSettings.class)
public class Budgets {

  private static final Logger log = LoggerFactory.getLogger(Budgets.class);
  private static final Duration SHARE = Duration.ofSeconds(10);
  private static final Duration LONGEST_BLOCK = Duration.ofHours(24);
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final RateBudgets stored;
  private final BudgetSettings settings;
  private final Clock clock;
  private final ConcurrentHashMap<Id, Purse> purses = new ConcurrentHashMap<>();

  Budgets(RateBudgets stored, BudgetSettings settings, Clock clock) {
    this.stored = stored;
    this.settings = settings;
    this.clock = clock;
  }

  record Id(BudgetKey key, String resource) {}

  /**
   * A budget as it was last seen.
   *
   * @param allowance requests or points per window; null where the source does not say
   * @param remaining what no node has taken yet
   * @param blockedUntil told by the source to wait until then; null = not
   */
  public record State(
      String budgetKey,
      String resource,
      @Nullable Long allowance,
      @Nullable Long remaining,
      @Nullable Instant resetsAt,
      @Nullable Instant blockedUntil,
      @Nullable String reason) {

    static State unknown(Id id) {
      return new State(id.key.value(), id.resource, null, null, null, null, null);
    }
  }

  /**
   * Pays for a request.
   *
   * @param cost in the resource's unit, requests or points
   * @throws BudgetExhausted if what is left, less the reserve, does not cover it
   */
  public void take(BudgetKey key, String resource, long cost) {
    purse(key, resource).take(cost);
  }

  /**
   * Sets a budget to what the source says is left.
   *
   * @param resetsIn when the window ends, from now on
   */
  public void reconcile(
      BudgetKey key, String resource, long allowance, long remaining, Duration resetsIn) {
    purse(key, resource).reconcile(allowance, remaining, resetsIn);
  }

  /**
   * Stops all requests of a budget, on every node, until the source wants to be asked again; for a
   * day at most, since nobody could undo a senseless time.
   */
  public void block(BudgetKey key, String resource, Duration wait, String reason) {
    purse(key, resource).block(wait.compareTo(LONGEST_BLOCK) > 0 ? LONGEST_BLOCK : wait, reason);
  }

  /** All budgets that have been used. */
  public List<State> all() {
    return stored.all();
  }

  private Purse purse(BudgetKey key, String resource) {
    return purses.computeIfAbsent(new Id(key, resource), Purse::new);
  }

  /** What this node has taken of one budget, and what it knows of the rest. */
  private final class Purse {
    private final Id id;
    private State known;
    private Instant readAt = Instant.MIN;
    private Instant savedAt = Instant.MIN;
    private Duration databaseAhead = Duration.ZERO;
    private long unspent;

    Purse(Id id) {
      this.id = id;
      this.known = State.unknown(id);
    }

    synchronized void take(long cost) {
      if (!isFresh(readAt)) read();
      var now = databaseNow();
      var blocked = known.blockedUntil();
      if (blocked != null && now.isBefore(blocked)) {
        throw new BudgetExhausted(
            known.reason() == null ? "asked to wait" : known.reason(),
            Duration.between(now, blocked));
      }
      var resetsAt = known.resetsAt();
      if (known.allowance() == null || resetsAt == null || !now.isBefore(resetsAt)) {
        unspent = 0;
        return; // the first answer of a window tells how much is in it
      }
      if (unspent < cost) unspent += fetch(cost - unspent, resetsAt, now);
      if (unspent < cost) {
        throw new BudgetExhausted(
            "the allowance of %d is used up, but for the %d %% that are kept for others"
                .formatted(known.allowance(), settings.reservePercent()),
            Duration.between(now, resetsAt));
      }
      unspent -= cost;
    }

    /** Takes a share from the database: nothing if less than {@code needed} is there. */
    private long fetch(long needed, Instant resetsAt, Instant now) {
      read();
      if (known.allowance() == null || known.remaining() == null) return needed;
      long reserve = known.allowance() * settings.reservePercent() / 100;
      long seconds = Math.max(1, Duration.between(now, resetsAt).toSeconds());
      long share = (known.remaining() - reserve) * SHARE.toSeconds() / seconds;
      try {
        return stored.take(id, needed, Math.max(needed, share), reserve, resetsAt);
      } catch (DataAccessException e) {
        return stumbled(e, needed);
      }
    }

    synchronized void reconcile(long allowance, long left, Duration resetsIn) {
      var resetsAt = databaseNow().plus(resetsIn);
      boolean sameWindow = RateBudgets.sameWindow(known.resetsAt(), resetsAt);
      if (!sameWindow && known.resetsAt() != null && resetsAt.isBefore(known.resetsAt())) {
        return; // an answer that was overtaken: it speaks of a window that has ended
      }
      unspent = sameWindow ? Math.min(unspent, left) : 0;
      if (sameWindow && isFresh(savedAt) && left > unspent) return;
      savedAt = clock.instant();
      try {
        know(stored.reconcile(id, allowance, left - unspent, resetsIn));
      } catch (DataAccessException e) {
        var _ = stumbled(e, 0);
      }
    }

    synchronized void block(Duration wait, String reason) {
      try {
        know(stored.block(id, wait, reason));
      } catch (DataAccessException e) {
        known =
            new State(
                known.budgetKey(),
                known.resource(),
                known.allowance(),
                known.remaining(),
                known.resetsAt(),
                databaseNow().plus(wait),
                reason);
        var _ = stumbled(e, 0);
      }
    }

    private void read() {
      try {
        know(stored.find(id));
      } catch (DataAccessException e) {
        var _ = stumbled(e, 0);
      }
    }

    private void know(RateBudgets.Seen seen) {
      known = seen.state();
      readAt = clock.instant();
      databaseAhead = Duration.between(readAt, seen.now());
    }

    /** As far as this node knows without asking. */
    private Instant databaseNow() {
      return clock.instant().plus(databaseAhead);
    }

    private boolean isFresh(Instant at) {
      return !at.isBefore(clock.instant().minus(FRESH));
    }

    /** Without its database the engine stores nothing, and so soon asks for nothing. */
    private long stumbled(DataAccessException e, long granted) {
      log.info("Budget {} goes on by what this node knows: {}", id.resource(), e.getMessage());
      return granted;
    }
  }
}
