import { Link } from "@tanstack/react-router";
import type { Job, Orchestrator } from "@/api/types";
import { Panel } from "@/components/panel";
import { RunStrip } from "@/components/run-strip";
import { Tag } from "@/components/status";
import { Since } from "@/components/time";
import { useNow } from "@/lib/clock";
import { compact } from "@/lib/format";
import { isLate } from "./attention";

/** As of when each source is known: whether the numbers can be trusted. */
export function Freshness({ jobs, orchestrator }: { jobs: readonly Job[]; orchestrator: Orchestrator | undefined }) {
  const now = useNow();
  return (
    <Panel title="As of when" aside="the last whole reading of each source" flush>
      <ul className="divide-y">
        {jobs.map((job) => (
          <li key={job.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
            {job.runId ? (
              <Link to="/jobs/runs/$runId" params={{ runId: job.runId }} className="min-w-0 flex-1 basis-40 truncate font-medium hover:underline">
                {job.name}
              </Link>
            ) : (
              <span className="min-w-0 flex-1 basis-40 truncate font-medium">{job.name}</span>
            )}
            <RunStrip job={job.id} name={job.name} />
            <span className="w-24 text-right text-muted tabular-nums">{compact(job.rows)} rows</span>
            <span className="flex w-32 items-center justify-end gap-2">
              {isLate(job, orchestrator, now) && <Tag tone="warn">late</Tag>}
              <Since at={job.lastSuccess} none="never yet" />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
