import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { jobRunsQuery } from "@/api/jobs";
import type { Run, RunState } from "@/api/types";
import { useNow } from "@/lib/clock";
import { duration, moment, secondsBetween } from "@/lib/format";
import { classes } from "@/lib/words";
import { runLook } from "./status";

const bars: Record<RunState, string> = {
  FINISHED: "bg-good",
  FAILED: "bg-bad",
  STOPPED: "border border-line-strong",
  RUNNING: "bg-accent motion-safe:animate-beat",
  WAITING: "bg-wait",
};

const shown = 20;

/** The beat of a job: its last runs, the newest at the right; the taller, the longer it took. */
export function RunStrip({ job, name }: { job: number; name: string }) {
  const runs = useQuery(jobRunsQuery(job, shown)).data?.items ?? [];
  const now = useNow();
  const seconds = (run: Run) => secondsBetween(run.startedAt, run.endedAt ?? now);
  const longest = Math.max(1, ...runs.map(seconds));
  return (
    <ul aria-label={`Last runs of ${name}`} className="flex h-7 w-30 items-end justify-end gap-0.5">
      {Array.from({ length: Math.max(0, shown - runs.length) }, (_, index) => (
        <li key={`none${index}`} aria-hidden className="h-px w-1 bg-faint" />
      ))}
      {runs.toReversed().map((run) => {
        const says = `Run ${run.id}: ${runLook(run.state).word.toLowerCase()}, ${moment(run.startedAt)}, ${duration(seconds(run))}`;
        return (
          <li key={run.id} className="flex h-full items-end">
            <Link
              to="/jobs/runs/$runId"
              params={{ runId: run.id }}
              preload={false}
              aria-label={says}
              title={says}
              tabIndex={-1}
              className={classes("block w-1 rounded-[1px] hover:opacity-70", bars[run.state])}
              style={{ height: `${25 + 75 * Math.sqrt(seconds(run) / longest)}%` }}
            />
          </li>
        );
      })}
    </ul>
  );
}
