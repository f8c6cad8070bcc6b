import { Link } from "@tanstack/react-router";
import { type ComponentProps, useMemo } from "react";
import type { Job, Run } from "@/api/types";
import type { Column } from "@/components/columns";
import { DataTable } from "@/components/data-table";
import { RunStatus, runLook } from "@/components/status";
import { Time } from "@/components/time";
import { duration, secondsBetween } from "@/lib/format";

type Table = ComponentProps<typeof DataTable<Run>>;

export function RunsTable({ runs, jobs, ...rest }: {
  runs: readonly Run[];
  jobs: readonly Job[];
} & Pick<Table, "more" | "allRows" | "filters" | "empty" | "sort" | "onSort">) {
  const columns = useMemo<Column<Run>[]>(() => {
    const name = (run: Run) => jobs.find((job) => job.id === run.jobId)?.name ?? `Job ${run.jobId}`;
    const took = (run: Run) => (run.endedAt ? Math.round(secondsBetween(run.startedAt, run.endedAt)) : null);
    return [
      {
        id: "run",
        header: "Run",
        value: (run) => run.id,
        cell: (run) => (
          <Link to="/jobs/runs/$runId" params={{ runId: run.id }} className="font-medium text-ink hover:underline">
            {name(run)} <span className="font-normal text-muted tabular-nums">#{run.id}</span>
          </Link>
        ),
        main: true,
      },
      { id: "job", header: "Job", value: name, hidden: true },
      { id: "state", header: "State", value: (run) => runLook(run.state).word, cell: (run) => <RunStatus state={run.state} />, main: true },
      { id: "began", header: "Began", value: (run) => run.startedAt, cell: (run) => <Time at={run.startedAt} />, main: true },
      { id: "ended", header: "Ended", value: (run) => run.endedAt, cell: (run) => <Time at={run.endedAt} />, hidden: true },
      { id: "took", header: "Took (s)", value: took, cell: (run) => duration(took(run)), numeric: true, main: true },
      { id: "attempts", header: "Attempts", value: (run) => run.attempts, numeric: true, hidden: true },
      {
        id: "why",
        header: "What was",
        value: (run) => run.error?.message ?? run.reason,
        cell: (run) => <span className="line-clamp-2 max-w-xl break-words text-muted">{run.error?.message ?? run.reason}</span>,
      },
    ];
  }, [jobs]);
  return <DataTable caption="Runs" columns={columns} rows={runs} rowId={(run) => `${run.id}`} {...rest} />;
}
