import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleDashed } from "lucide-react";
import type { Job } from "@/api/types";
import { RunBar } from "@/components/run-progress";
import { useQuery } from "@tanstack/react-query";
import { runQuery } from "@/api/runs";
import { useMissing } from "@/lib/me";
import { Button } from "@/components/button";

/** What leads from nothing to numbers; it goes away when the first source has been read. */
export function FirstSteps({ jobs }: { jobs: readonly Job[] }) {
  const mayNot = useMissing("connections:write");
  const [job] = jobs.filter((each) => each.runId).length > 0 ? jobs.filter((each) => each.runId) : jobs;
  const report = useQuery({ ...runQuery(job?.runId ?? 0), enabled: Boolean(job?.runId) }).data;
  const steps = [
    {
      title: "Connect a source",
      done: jobs.length > 0,
      body: "Pulse reads it and never writes to it. What the token needs is said before you make one.",
      action: mayNot ? (
        <Button why={mayNot}>Connect a source</Button>
      ) : (
        <Link to="/connections/new" className="inline-flex h-8 items-center rounded-md bg-accent px-3 text-sm font-medium text-on-accent">
          Connect a source
        </Link>
      ),
    },
    {
      title: "First sync",
      done: false,
      body: report ? <RunBar name={job?.name ?? ""} progress={report.progress} /> : "All of it is read once; from then on only what has changed.",
      action: job?.runId ? (
        <Link to="/jobs/runs/$runId" params={{ runId: job.runId }} className="text-accent underline">
          Watch it
        </Link>
      ) : jobs.length > 0 ? (
        <Link to="/jobs" className="text-accent underline">
          Start it
        </Link>
      ) : null,
    },
    { title: "See numbers", done: false, body: "They appear one by one, as soon as there are enough data for each.", action: null },
  ];
  const current = steps.findIndex((step) => !step.done);
  return (
    <ol className="grid gap-px overflow-hidden rounded-lg border bg-line md:grid-cols-3">
      {steps.map((step, index) => (
        <li key={step.title} aria-current={index === current ? "step" : undefined} className="flex flex-col gap-2 bg-surface p-5">
          <p className="flex items-center gap-2 font-semibold">
            {step.done ? <CircleCheck size={18} className="text-good" aria-label="done" /> : <CircleDashed size={18} className="text-muted" aria-hidden />}
            {index + 1}. {step.title}
          </p>
          <div className="flex-1 text-sm text-muted">{step.body}</div>
          {index === current && step.action}
        </li>
      ))}
    </ol>
  );
}
