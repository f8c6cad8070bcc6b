import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { runQuery } from "@/api/runs";
import type { Job } from "@/api/types";
import { Panel } from "@/components/panel";
import { RunBar } from "@/components/run-progress";
import { JobStatus } from "@/components/status";
import { Due } from "@/components/time";

/** Runs that are under way, and below them what comes next. */
export function GoingOn({ jobs }: { jobs: readonly Job[] }) {
  const under = jobs.filter((job) => job.runId && ["RUNNING", "PENDING", "PAUSED"].includes(job.state));
  const next = jobs
    .filter((job) => !under.includes(job) && job.nextDueAt && job.state !== "PAUSED")
    .toSorted((a, b) => Date.parse(a.nextDueAt ?? "") - Date.parse(b.nextDueAt ?? ""))
    .slice(0, 4);
  return (
    <Panel title="Going on" aside={<Link to="/jobs" className="text-accent hover:underline">All jobs</Link>} flush>
      {under.length === 0 && <p className="px-4 py-4 text-sm text-muted">No run is under way.</p>}
      <ul className="divide-y">
        {under.map((job) => (
          <Under key={job.id} job={job} />
        ))}
      </ul>
      {next.length > 0 && (
        <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 border-t px-4 py-3 text-sm">
          {next.map((job) => (
            <div key={job.id} className="contents">
              <dt className="truncate text-muted">{job.name}</dt>
              <dd className="text-right">
                {job.nextDueAt && <Due at={job.nextDueAt} />}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}

function Under({ job }: { job: Job }) {
  const report = useQuery({ ...runQuery(job.runId ?? 0), enabled: job.runId !== null }).data;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <span className="flex flex-wrap items-center justify-between gap-2">
        <Link to="/jobs/runs/$runId" params={{ runId: job.runId ?? 0 }} className="min-w-0 truncate font-medium hover:underline">
          {job.name}
        </Link>
        <JobStatus state={job.state} />
      </span>
      {report && !report.run.endedAt ? (
        <RunBar name={job.name} progress={report.progress} tone={job.state === "PAUSED" ? "idle" : "busy"} />
      ) : (
        <p className="min-h-7 text-xs text-muted">{job.reason ?? ""}</p>
      )}
    </li>
  );
}
