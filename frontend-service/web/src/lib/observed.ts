import { queryOptions, skipToken } from "@tanstack/react-query";
import type { BudgetGauge } from "@/api/types";

/** What is told by events alone: nothing is asked for, and what was before this page was opened is not known. */

export interface Pace {
  at: number;
  rowsPerSecond: number | null;
}

export const paceQuery = (runId: number) =>
  queryOptions<Pace[]>({ queryKey: ["run-pace", runId], queryFn: skipToken, gcTime: Infinity });

export const gaugesQuery = queryOptions<BudgetGauge[]>({
  queryKey: ["budget-gauges"],
  queryFn: skipToken,
  gcTime: Infinity,
});
