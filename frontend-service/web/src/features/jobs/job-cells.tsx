import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { connectorsQuery } from "@/api/connections";
import { runQuery } from "@/api/runs";
import type { Job } from "@/api/types";
import { RunBar } from "@/components/run-progress";
import { JobStatus } from "@/components/status";
import { Due } from "@/components/time";

export function NameCell({ job }: { job: Job }) {
  const connectors = useQuery(connectorsQuery).data;
  const label = connectors?.find((each) => each.id === job.connector)?.label ?? job.connector;
  return (
    <span className="flex min-w-0 flex-col">
      {job.runId ? (
        <Link
          to="/jobs/runs/$runId"
          params={{ runId: job.runId }}
          className="max-w-60 truncate font-medium text-ink hover:underline"
          title={job.name}
        >
          {job.name}
        </Link>
      ) : (
        <span className="max-w-60 truncate font-medium" title={job.name}>
          {job.name}
        </span>
      )}
      <span className="text-xs text-muted">{label}</span>
    </span>
  );
}

const wishes = {
  STOP: "stopping after its page",
  PAUSE: "pausing after its page",
  MAINTENANCE: "holding for the pause of all jobs",
  ACTIVATION: "holding for the activated job",
} as const;

/** The state in a word, and whatever explains it. */
export function StateCell({ job }: { job: Job }) {
  return (
    <span className="flex min-w-0 flex-col gap-0.5 sm:w-44">
      <JobStatus state={job.state} />
      <span className="max-w-80 text-xs text-muted empty:hidden">
        {job.wish
          ? wishes[job.wish]
          : job.error && job.state === "FAILED"
            ? job.error.message
            : (job.reason ?? (job.unfinished ? "stopped before its end; the next run goes on from there" : ""))}
      </span>
    </span>
  );
}

/** How far its run is, or when the next one is due. */
export function ProgressCell({ job }: { job: Job }) {
  const going = job.state === "RUNNING" || job.state === "PENDING" || job.state === "PAUSED";
  const report = useQuery({ ...runQuery(job.runId ?? 0), enabled: going && job.runId !== null }).data;
  if (going && report && !report.run.endedAt) {
    return (
      <div className="w-50 max-w-full">
        <RunBar name={job.name} progress={report.progress} tone={job.state === "PAUSED" ? "idle" : "busy"} />
      </div>
    );
  }
  if (!job.nextDueAt) return <span className="text-muted">not scheduled</span>;
  return (
    <span>
      <Due at={job.nextDueAt} />
    </span>
  );
}
