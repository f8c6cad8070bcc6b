import type { Budget } from "@/api/types";
import { useNow } from "@/lib/clock";
import { clockTime, count, fullMoment, relative } from "@/lib/format";
import { Progress } from "./progress";

/** How much of its allowance a source has left, and when it is whole again. */
export function BudgetRow({ budget }: { budget: Budget }) {
  const now = useNow();
  const { allowance, remaining, resetsAt, blockedUntil } = budget;
  const share = allowance && remaining !== null ? (100 * remaining) / allowance : null;
  const blocked = blockedUntil !== null && Date.parse(blockedUntil) > now;
  const passed = resetsAt !== null && Date.parse(resetsAt) <= now;
  return (
    <div className="flex flex-col gap-1 py-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="min-w-0 break-all">
          {budget.budgetKey} <span className="text-muted">{budget.resource}</span>
        </span>
        <span className="tabular-nums">
          {remaining === null ? "left: not known" : `${count(remaining)} left`}
          {allowance !== null && <span className="text-muted"> of {count(allowance)}</span>}
        </span>
      </div>
      {share !== null && <Progress
        thin
        percent={share}
        label={`What is left of the allowance for ${budget.resource}`}
        tone={blocked ? "wait" : share !== null && share < 10 ? "warn" : "good"}
      />}
      <p className="text-xs text-muted">
        {blocked && blockedUntil ? (
          <span className="text-wait">
            The source wants to be left alone until {clockTime(blockedUntil, true)}
            {budget.reason && `: ${budget.reason}`}. There is nothing to do.
          </span>
        ) : resetsAt && !passed ? (
          <span title={fullMoment(resetsAt)}>
            whole again {relative(resetsAt, now)} ({clockTime(resetsAt)})
          </span>
        ) : resetsAt ? (
          "whole again since its window ended"
        ) : (
          "no window is told by the source"
        )}
      </p>
    </div>
  );
}
