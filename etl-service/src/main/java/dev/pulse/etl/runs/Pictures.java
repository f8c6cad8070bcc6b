package dev.pulse.etl.runs;

import dev.pulse.etl.platform.budget.Budgets;
import dev.pulse.etl.runs.Picture.BudgetGauge;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Looks at everything that is told to those who listen. */
@Service
class Pictures {

  private final JdbcClient jdbc;
  private final Jobs jobs;
  private final Runs runs;
  private final Progress progress;
  private final Budgets budgets;

  Pictures(JdbcClient jdbc, Jobs jobs, Runs runs, Progress progress, Budgets budgets) {
    this.jdbc = jdbc;
    this.jobs = jobs;
    this.runs = runs;
    this.progress = progress;
    this.budgets = budgets;
  }

  private record Payer(long job, Set<String> keys) {}

  /**
   * How things stand now. Its version is the time of the database before it looked, in
   * microseconds: all nodes have the same clock, and whoever looks later sees no less.
   *
   * @param followed runs that are wanted even if they have ended
   */
  @Transactional(readOnly = true)
  public Picture now(Collection<Long> followed) {
    long version = ChronoUnit.MICROS.between(Instant.EPOCH, progress.now());
    return new Picture(version, jobs.all(), progress.of(runs.open(followed)), gauges());
  }

  private List<BudgetGauge> gauges() {
    var payers =
        jdbc.sql("select id, budget_keys from job where budget_keys <> '{}' order by id")
            .query((row, n) -> new Payer(row.getLong("id"), keys(row.getArray("budget_keys"))))
            .list();
    return budgets.all().stream()
        .map(
            budget ->
                new BudgetGauge(
                    payers.stream()
                        .filter(each -> each.keys.contains(budget.budgetKey()))
                        .map(Payer::job)
                        .toList(),
                    budget))
        .toList();
  }

  private static Set<String> keys(Array array) throws SQLException {
    return Set.of((String[]) array.getArray());
  }
}
