package dev.pulse.etl.platform.budget;

import dev.pulse.etl.platform.ApiTags;
import dev.pulse.etl.platform.lists.Column;
import dev.pulse.etl.platform.lists.Keyset;
import dev.pulse.etl.platform.lists.Listed;
import dev.pulse.etl.platform.lists.Paged;
import dev.pulse.etl.platform.lists.SortField;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Budgets over REST. */
@RestController
@Tag(name = ApiTags.SOURCES)
class BudgetController {

  private final Budgets budgets;

  BudgetController(Budgets budgets) {
    this.budgets = budgets;
  }

  /** What budgets can be sorted by. */
  enum Sort implements SortField<Budgets.State> {
    BUDGET_KEY;

    @Override
    public List<Column<Budgets.State>> columns() {
      return List.of(
          Column.text("budget_key", Budgets.State::budgetKey),
          Column.text("resource", Budgets.State::resource));
    }
  }

  @Operation(summary = "What is left of each source's allowance")
  @GetMapping("/api/v1/budgets")
  Listed<Budgets.State> all(
      @Paged(by = Sort.class, sort = "budgetKey", limit = 200) Keyset<Budgets.State> page) {
    return page.of(budgets.all());
  }
}
