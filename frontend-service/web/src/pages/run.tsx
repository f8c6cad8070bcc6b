import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { jobsQuery } from "@/api/jobs";
import { runQuery } from "@/api/runs";
import { Button } from "@/components/button";
import { JobControl } from "@/components/job-control";
import { PageHead } from "@/components/page-head";
import { Loaded, Panel, Skeleton } from "@/components/panel";
import { ProblemNote } from "@/components/problem-note";
import { RunBar } from "@/components/run-progress";
import { RunStatus } from "@/components/status";
import { Time } from "@/components/time";
import { BudgetPanel } from "@/features/runs/budget-panel";
import { CheckpointsDrawer } from "@/features/runs/checkpoints";
import { Failures } from "@/features/runs/failures";
import { LogTail } from "@/features/runs/log-tail";
import { PaceChart } from "@/features/runs/pace-chart";
import { PartitionsDrawer } from "@/features/runs/partitions";
import { RunFigures } from "@/features/runs/run-figures";
import { RunOutcome } from "@/features/runs/run-outcome";
import { StreamsPanel } from "@/features/runs/streams-panel";
import { Timeline } from "@/features/runs/timeline";
import { useLine } from "@/lib/live";
import { useMissing } from "@/lib/me";

export function RunPage() {
  const { runId } = useParams({ from: "/inside/jobs/runs/$runId" });
  const { panel, ...view } = useSearch({ from: "/inside/jobs/runs/$runId" });
  const navigate = useNavigate({ from: "/jobs/runs/$runId" });
  const line = useLine();
  const mayNotLog = useMissing("logs:read");
  const report = useQuery({
    ...runQuery(runId),
    refetchInterval: ({ state }) => (state.data?.run.endedAt || line === "live" ? false : 5_000),
  });
  const job = useQuery(jobsQuery).data?.find((each) => each.id === report.data?.run.jobId);
  const close = () => void navigate({ search: (before) => ({ ...before, panel: undefined }) });

  if (report.isError && !report.data) {
    return (
      <>
        <PageHead title={`Run ${runId}`} />
        <ProblemNote thrown={report.error} onRetry={() => void report.refetch()} />
      </>
    );
  }
  return (
    <Loaded query={report} skeleton={<RunSkeleton />}>
      {({ run, progress, streams }) => {
        const name = job?.name ?? `Job ${run.jobId}`;
        const current = job?.runId === run.id;
        const going = !run.endedAt;
        return (
          <>
            <PageHead
              title={name}
              lead={
                <span className="flex flex-wrap items-center gap-x-3">
                  <RunStatus state={run.state} />
                  <span>
                    run {run.id}, began <Time at={run.startedAt} />
                    {run.forced && ", forced"}
                    {run.attempts > 1 && `, attempt ${run.attempts}`}
                  </span>
                </span>
              }
              actions={
                <>
                  <Button onClick={() => void navigate({ search: (before) => ({ ...before, panel: "checkpoints" }) })}>
                    Checkpoints
                  </Button>
                  {job && current && <JobControl job={job} labels />}
                </>
              }
            />
            <div className="flex flex-col gap-5">
              <RunOutcome run={run} job={job} progress={progress} />
              {going && <RunBar name={name} progress={progress} tone={job?.state === "PAUSED" ? "idle" : "busy"} />}
              <RunFigures run={run} progress={progress} />
              <StreamsPanel report={{ run, progress, streams }} />
              <div className="grid items-start gap-5 lg:grid-cols-2">
                <div className="flex min-w-0 flex-col gap-5">
                  <Timeline run={run.id} />
                  <Failures job={run.jobId} />
                </div>
                <div className="flex min-w-0 flex-col gap-5">
                  {going && <PaceChart run={run.id} />}
                  <BudgetPanel job={run.jobId} />
                </div>
              </div>
              {mayNotLog ? <Panel title="Log"><p className="text-sm text-muted">{mayNotLog}</p></Panel> : <LogTail
                run={run.id}
                live={going}
                streams={streams}
                filter={view}
                onFilter={(filter) => void navigate({ search: (before) => ({ ...before, ...filter }), replace: true })}
              />}
            </div>
            {panel === "checkpoints" && <CheckpointsDrawer job={run.jobId} running={job?.state === "RUNNING"} onClose={close} />}
            {panel === "partitions" && <PartitionsDrawer run={run.id} onClose={close} />}
          </>
        );
      }}
    </Loaded>
  );
}

function RunSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton rows={1} className="w-72" />
      <Skeleton rows={2} />
      <Skeleton rows={6} />
    </div>
  );
}
