package dev.pulse.etl.platform.budget;

import dev.pulse.etl.platform.ApiTags;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  /** All budgets: they are few, so {@code next} is always null. */
  record BudgetList(List<Budgets.State> items, @Nullable String next) {
    BudgetList {
      items = List.copyOf(items);
    }
  }

  @Operation(summary = "What is left of each source's allowance")
  @GetMapping("/api/v1/budgets")
  BudgetList all() {
    return new BudgetList(budgets.all(), null);
  }
}
