import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { sourcesQuery } from "@/api/connections";
import { orchestratorQuery, quarantineQuery } from "@/api/operations";
import { AllJobs, PauseNote } from "@/components/all-jobs";
import { Figures } from "@/components/figures";
import { PageHead } from "@/components/page-head";
import { Loaded, Skeleton } from "@/components/panel";
import { Since } from "@/components/time";
import { attention } from "@/features/overview/attention";
import { AttentionPanel } from "@/features/overview/attention-panel";
import { FirstSteps } from "@/features/overview/first-steps";
import { Freshness } from "@/features/overview/freshness";
import { GoingOn } from "@/features/overview/going-on";
import type { Job } from "@/api/types";
import { useNow } from "@/lib/clock";
import { compact, count } from "@/lib/format";
import { pollingJobsQuery, useLine } from "@/lib/live";

export function OverviewPage() {
  const jobs = useQuery(pollingJobsQuery(useLine()));
  return (
    <>
      <PageHead title="Overview" lead="Whether what is known can be trusted, and what needs you" actions={jobs.data?.length ? <AllJobs /> : null} />
      <PauseNote />
      <Loaded query={jobs} skeleton={<OverviewSkeleton />}>
        {(all) => <Content jobs={all} />}
      </Loaded>
    </>
  );
}

function Content({ jobs }: { jobs: readonly Job[] }) {
  const orchestrator = useQuery(orchestratorQuery).data;
  const sources = useQuery(sourcesQuery).data ?? [];
  const quarantined = useInfiniteQuery(quarantineQuery(undefined));
  const now = useNow();
  const records = { items: quarantined.data?.pages[0]?.items ?? [], more: quarantined.hasNextPage };
  const matters = attention(jobs, orchestrator, sources, records, now);
  const successes = jobs.flatMap((job) => (job.lastSuccess ? [job.lastSuccess] : [])).toSorted();
  const running = jobs.filter((job) => job.state === "RUNNING").length;
  if (successes.length === 0) {
    return (
      <div className="flex flex-col gap-5">
        <FirstSteps jobs={jobs} />
        {jobs.length > 0 && (
          <div className="grid items-start gap-5 lg:grid-cols-2">
            <AttentionPanel matters={matters} />
            <GoingOn jobs={jobs} />
          </div>
        )}
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <Figures
        figures={[
          { label: "Oldest reading", value: successes.length < jobs.length ? "incomplete" : <Since at={successes[0]} />, note: successes.length < jobs.length ? `${jobs.length - successes.length} never read to the end` : "what all numbers are good for" },
          { label: "Rows kept", value: compact(jobs.reduce((sum, job) => sum + job.rows, 0)), note: `from ${count(jobs.length)} connections` },
          { label: "Running now", value: count(running), note: orchestrator ? `up to ${orchestrator.settings.maxActive} at a time` : undefined },
          { label: "Failed", value: count(jobs.filter((job) => job.state === "FAILED").length), note: `of ${count(jobs.length)} jobs` },
          { label: "Could not be read", value: quarantined.data ? `${count(records.items.length)}${records.more ? "+" : ""}` : "–", note: "records in quarantine" },
        ]}
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <AttentionPanel matters={matters} />
        <GoingOn jobs={jobs} />
      </div>
      <Freshness jobs={jobs} orchestrator={orchestrator} />
    </div>
  );
}

function OverviewSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton rows={2} />
      <Skeleton rows={8} />
    </div>
  );
}
