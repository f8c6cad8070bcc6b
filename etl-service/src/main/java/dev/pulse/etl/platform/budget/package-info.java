/** What sources let us spend: one budget per {@link dev.pulse.etl.platform.budget.BudgetKey}. */
@NullMarked
package dev.pulse.etl.platform.budget;

import org.jspecify.annotations.NullMarked;
