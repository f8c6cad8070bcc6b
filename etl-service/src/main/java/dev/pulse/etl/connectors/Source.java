package dev.pulse.etl.connectors;

import dev.pulse.etl.connectors.ConnectionSettings.Scope;
import dev.pulse.etl.platform.budget.BudgetKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection, open for reading. Used by many threads at once; closing it ends its requests.
 *
 * <p>Every method that asks the source throws {@link SourceFailure} when the source does not give
 * what was asked, and {@link InterruptedException} when the run is stopped.
 */
public interface Source extends AutoCloseable {

  /** The budgets its requests are paid from: at most one run per budget reads at a time. */
  Set<BudgetKey> budgetKeys();

  /** Tries the connection out: who the token belongs to, and which rights it lacks. */
  CheckResult check() throws InterruptedException;

  /**
   * Projects or repositories that the token can see.
   *
   * @param query part of a name, or empty for all
   * @param limit at most so many
   */
  List<ScopeElement> discover(String query, int limit) throws InterruptedException;

  /**
   * What a first sync of what is in {@code scope} will take, by what the source itself counts;
   * empty if it does not tell.
   *
   * @param startFrom records last changed before are left out where the source can count that way;
   *     null = all history
   */
  default List<Expected> estimate(Scope scope, @Nullable Instant startFrom)
      throws InterruptedException {
    return List.of();
  }

  /**
   * What there is to read, in order: the streams of a stage are read side by side, a stage begins
   * when the one before has ended.
   */
  List<List<RecordStream>> stages();

  @Override
  void close();
}
