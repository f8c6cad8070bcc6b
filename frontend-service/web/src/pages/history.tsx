import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { jobsQuery } from "@/api/jobs";
import { runsPage, runsQuery } from "@/api/runs";
import { Pick } from "@/components/field";
import { PageHead } from "@/components/page-head";
import { Empty, EmptyByFilter, Skeleton } from "@/components/panel";
import { ProblemNote } from "@/components/problem-note";
import { RangePicker, stretch } from "@/components/range-picker";
import { runLook } from "@/components/status";
import { DurationChart } from "@/features/runs/duration-chart";
import { RunsTable } from "@/features/runs/runs-table";
import { everyPage } from "@/lib/pages";

const states = ["RUNNING", "WAITING", "FINISHED", "FAILED", "STOPPED"] as const;

export function HistoryPage() {
  const view = useSearch({ from: "/inside/jobs/history" });
  const navigate = useNavigate({ from: "/jobs/history" });
  const show = (change: typeof view) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const runs = useInfiniteQuery(runsQuery);
  const jobs = useQuery(jobsQuery).data ?? [];
  const [opened] = useState(() => Date.now());
  const fetched = useMemo(() => runs.data?.pages.flatMap((page) => page.items) ?? [], [runs.data]);
  const { from, to } = stretch(view, "7d", Math.max(opened, runs.dataUpdatedAt));
  const wanted = (run: (typeof fetched)[number]) =>
    Date.parse(run.startedAt) >= from &&
    Date.parse(run.startedAt) <= to &&
    (!view.state || run.state === view.state) &&
    (!view.job || run.jobId === view.job);
  const rows = fetched.filter(wanted);
  const oldest = fetched.at(-1);
  const complete = !runs.hasNextPage || (oldest !== undefined && Date.parse(oldest.startedAt) < from);
  const clear = () => show({ state: undefined, job: undefined, range: "all", from: undefined, to: undefined });

  async function* all() {
    for await (const page of everyPage(runsPage)) {
      yield page.filter(wanted);
      const end = page.at(-1);
      if (end && Date.parse(end.startedAt) < from) return;
    }
  }

  return (
    <>
      <PageHead
        title="Run history"
        lead="Every run there was, and how it ended"
        actions={<RangePicker view={view} fallback="7d" onChange={show} />}
      />
      {runs.isError && <ProblemNote thrown={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.isPending && <Skeleton rows={10} />}
      {runs.isSuccess && fetched.length === 0 && (
        <Empty title="No run yet" action={<Link to="/jobs" className="text-accent underline">Go to the jobs</Link>}>
          As soon as a job has been started, its run stands here.
        </Empty>
      )}
      {runs.isSuccess && fetched.length > 0 && (
        <div className="flex flex-col gap-5">
          <DurationChart
            runs={rows}
            onZoom={(a, b) => show({ from: new Date(a).toISOString(), to: new Date(b).toISOString(), range: undefined })}
          />
          <div className="rounded-lg border bg-surface">
            <RunsTable
              runs={rows}
              jobs={jobs}
              sort={view.sort}
              onSort={(sort) => show({ sort })}
              more={complete ? null : { fetch: () => void runs.fetchNextPage(), fetching: runs.isFetchingNextPage }}
              allRows={all}
              filters={
                <>
                  <Pick
                    label="State"
                    value={view.state ?? ""}
                    options={[{ value: "", label: "All states" }, ...states.map((state) => ({ value: state, label: runLook(state).word }))]}
                    onChange={(state) => show({ state: (state || undefined) as (typeof states)[number] | undefined })}
                  />
                  <Pick
                    label="Job"
                    value={view.job ? `${view.job}` : ""}
                    options={[{ value: "", label: "All jobs" }, ...jobs.map((job) => ({ value: `${job.id}`, label: job.name }))]}
                    onChange={(job) => show({ job: job ? Number(job) : undefined })}
                  />
                </>
              }
              empty={<EmptyByFilter filters="this time, state and job" onClear={clear} />}
            />
          </div>
        </div>
      )}
    </>
  );
}
