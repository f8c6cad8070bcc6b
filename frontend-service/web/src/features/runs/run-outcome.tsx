import { Link } from "@tanstack/react-router";
import type { Job, Run, RunProgress } from "@/api/types";
import { WaitWords } from "@/components/run-progress";
import { Note } from "@/components/status";
import { Since } from "@/components/time";
import { whose } from "./failures";

/** Whatever is not plain going on or plain success: its cause, what can be done, and what comes next. */
export function RunOutcome({ run, job, progress }: { run: Run; job: Job | undefined; progress: RunProgress }) {
  if (run.error && run.state === "FAILED") {
    return (
      <Note
        tone="bad"
        action={
          run.error.category === "CONFIGURATION" && job ? (
            <Link to="/connections" search={{ edit: job.id }} className="font-medium underline">
              Open the connection
            </Link>
          ) : null
        }
      >
        <p className="font-medium break-words">{run.error.message}</p>
        <p className="break-words">
          {run.error.remedy} <span className="text-muted">This one is {whose[run.error.category]}.</span>
        </p>
        {job?.nextDueAt && job.state === "FAILED" && (
          <p className="text-muted">
            It is tried again <Since at={job.nextDueAt} />, from its checkpoints.
          </p>
        )}
      </Note>
    );
  }
  if (run.state === "WAITING") {
    const onPerson = run.waitsFor === "PAUSED";
    return (
      <Note tone={onPerson ? "idle" : "wait"}>
        {progress.waits ? <WaitWords waits={progress.waits} /> : (run.reason ?? "It waits")}.{" "}
        {onPerson ? "Resume the job, and the same run goes on." : "There is nothing to do: it goes on by itself."}
      </Note>
    );
  }
  if (run.wish) {
    const words = {
      STOP: "It ends after the page that is being stored.",
      PAUSE: "It holds after the page that is being stored.",
      MAINTENANCE: "It holds after its page, since all jobs are paused; it goes on by itself.",
      ACTIVATION: "It holds after its page for the job that was activated; it goes on by itself.",
    };
    return <Note tone="wait">{words[run.wish]}</Note>;
  }
  if (run.state === "STOPPED") {
    return (
      <Note tone="idle">
        Stopped <Since at={run.endedAt} />
        {run.reason && `: ${run.reason}`}. What it has read is kept; the next run goes on from there.
      </Note>
    );
  }
  return null;
}
