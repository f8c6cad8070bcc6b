package dev.pulse.etl.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pulse.etl.platform.budget.Budgets;
import dev.pulse.etl.runs.Change.BudgetChange;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a change is told to somebody who sees only some jobs. */
class ChangeTest {

  private static final Budgets.State BUDGET =
      new Budgets.State("key", "core", null, null, null, null, null);

  @Test
  void a_budget_names_those_payers_that_are_seen() {
    var change = new BudgetChange(List.of(1L, 2L, 3L), 7, BUDGET);

    assertThat(change.seenBy(Set.of(2L, 4L))).contains(new BudgetChange(List.of(2L), 7, BUDGET));
    assertThat(change.seenBy(Set.of(4L))).isEmpty();
  }

  @Test
  void a_budget_that_no_job_pays_from_is_told_to_nobody_who_sees_only_some() {
    assertThat(new BudgetChange(List.of(), 7, BUDGET).seenBy(Set.of(2L))).isEmpty();
  }
}
