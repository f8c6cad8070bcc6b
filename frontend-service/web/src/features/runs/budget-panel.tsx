import { useQuery } from "@tanstack/react-query";
import { BudgetRow } from "@/components/budget-gauge";
import { Panel } from "@/components/panel";
import { gaugesQuery } from "@/lib/observed";

/** What the source still allows this job; it shares that with whatever else uses the same account. */
export function BudgetPanel({ job }: { job: number }) {
  const gauges = useQuery(gaugesQuery).data?.filter((gauge) => gauge.jobIds.includes(job)) ?? [];
  return (
    <Panel title="What the source allows" aside={gauges.length > 0 && "shared by all who use the account"}>
      {gauges.length === 0 ? (
        <p className="text-sm text-muted">Nothing is known yet: the source tells it with its answers.</p>
      ) : (
        gauges.map(({ budget }) => <BudgetRow key={`${budget.budgetKey} ${budget.resource}`} budget={budget} />)
      )}
    </Panel>
  );
}
