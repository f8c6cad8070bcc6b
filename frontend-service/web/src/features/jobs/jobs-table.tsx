import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Job } from "@/api/types";
import { Button } from "@/components/button";
import type { Column } from "@/components/columns";
import { DataTable } from "@/components/data-table";
import { Pick } from "@/components/field";
import { ConfirmControl, JobControl } from "@/components/job-control";
import { EmptyByFilter } from "@/components/panel";
import { RunStrip } from "@/components/run-strip";
import { jobLook } from "@/components/status";
import { Since } from "@/components/time";
import { type ControlKind, controls } from "@/lib/control";
import { count } from "@/lib/format";
import { useMissing } from "@/lib/me";
import { NameCell, ProgressCell, StateCell } from "./job-cells";

const columns: Column<Job>[] = [
  { id: "name", header: "Job", value: (job) => job.name, cell: (job) => <NameCell job={job} />, main: true },
  { id: "state", header: "State", value: (job) => jobLook(job.state).word, cell: (job) => <StateCell job={job} />, main: true },
  { id: "due", header: "Progress, or next run", value: (job) => job.nextDueAt, cell: (job) => <ProgressCell job={job} />, main: true },
  { id: "success", header: "Last success", value: (job) => job.lastSuccess, cell: (job) => <Since at={job.lastSuccess} none="never" />, main: true },
  { id: "rows", header: "Rows", value: (job) => job.rows, cell: (job) => count(job.rows), numeric: true },
  { id: "runs", header: "Last runs", value: () => null, cell: (job) => <RunStrip job={job.id} name={job.name} /> },
];

const states = ["NOT_STARTED", "PENDING", "RUNNING", "PAUSED", "FINISHED", "FAILED"] as const;
export type JobState = (typeof states)[number];

export interface JobsView {
  state?: JobState | undefined;
  source?: string | undefined;
  sort?: string | undefined;
}

const bulk: ControlKind[] = ["start", "pause", "resume", "stop"];

export function JobsTable({ jobs, view, onSchedule }: {
  jobs: readonly Job[];
  view: JobsView;
  onSchedule: (job: Job) => void;
}) {
  const navigate = useNavigate({ from: "/jobs" });
  const show = (change: JobsView) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const mayNot = useMissing("jobs:control");
  const [asked, setAsked] = useState<{ kind: ControlKind; jobs: readonly Job[]; done: () => void } | null>(null);
  const sources = [...new Set(jobs.map((job) => job.connector))].toSorted();
  const rows = jobs.filter(
    (job) => (!view.state || job.state === view.state) && (!view.source || job.connector === view.source),
  );
  const filters = [view.state && `the state ${jobLook(view.state).word}`, view.source && `the source ${view.source}`]
    .filter(Boolean)
    .join(" and ");
  return (
    <>
      <DataTable
        caption="Jobs"
        columns={columns}
        rows={rows}
        rowId={(job) => `${job.id}`}
        actions={(job) => <JobControl job={job} onSchedule={() => onSchedule(job)} />}
        sort={view.sort}
        onSort={(sort) => show({ sort })}
        bulk={(ticked, done) =>
          bulk.map((kind) => (
            <Button key={kind} small why={mayNot} onClick={() => setAsked({ kind, jobs: ticked, done })}>
              {controls[kind].label}
            </Button>
          ))
        }
        filters={
          <>
            <Pick
              label="State"
              value={view.state ?? ""}
              options={[{ value: "", label: "All states" }, ...states.map((state) => ({ value: state, label: jobLook(state).word }))]}
              onChange={(state) => show({ state: (state || undefined) as JobState | undefined })}
            />
            <Pick
              label="Source"
              value={view.source ?? ""}
              options={[{ value: "", label: "All sources" }, ...sources.map((source) => ({ value: source, label: source }))]}
              onChange={(source) => show({ source: source || undefined })}
            />
          </>
        }
        empty={<EmptyByFilter filters={filters} onClear={() => show({ state: undefined, source: undefined })} />}
      />
      {asked && (
        <ConfirmControl
          kind={asked.kind}
          jobs={asked.jobs}
          onClose={() => {
            setAsked(null);
            asked.done();
          }}
        />
      )}
    </>
  );
}
