import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { checkConnection } from "@/api/connections";
import type { Check, Connection, Job, Source } from "@/api/types";
import { Button } from "@/components/button";
import { ProblemNote } from "@/components/problem-note";
import { JobStatus, Tag } from "@/components/status";
import { Since } from "@/components/time";
import { compact } from "@/lib/format";
import { useMissing } from "@/lib/me";
import { CheckResult } from "./check-result";

/** One connection: what it reads, how it is, and what can be done to it. */
export function ConnectionCard({ connection, label, job, sources, onEdit, onDelete }: {
  connection: Connection;
  label: string;
  job: Job | undefined;
  sources: readonly Source[];
  onEdit: () => void;
  onDelete: () => void;
}) {
  const mayNot = useMissing("connections:write");
  const [check, setCheck] = useState<Check | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const address = Object.values(connection.settings).find((value) => /^https?:/.test(value));
  const source = sources.find((each) => address?.startsWith(each.origin));
  const { include, exclude } = connection.scope;

  async function test() {
    setBusy(true);
    setCheck(null);
    setFailure(null);
    await checkConnection(connection.id).then(setCheck, setFailure);
    setBusy(false);
  }

  return (
    <article aria-label={connection.name} className="flex min-w-0 flex-col gap-3 rounded-lg border bg-surface p-4">
      <header className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h2 className="truncate text-base font-semibold">{connection.name}</h2>
          <p className="truncate text-sm text-muted">{address ? `${label}, ${new URL(address).host}` : label}</p>
        </div>
        {job && <JobStatus state={job.state} />}
      </header>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        <dt className="text-muted">Reads</dt>
        <dd className="min-w-0 break-words">
          {include.length === 0 ? "everything the token can see" : include.length <= 4 ? include.join(", ") : `${include.slice(0, 3).join(", ")} and ${include.length - 3} more`}
          {exclude.length > 0 && `, without ${exclude.join(", ")}`}
        </dd>
        {job && (
          <>
            <dt className="text-muted">As of</dt>
            <dd>
              <Since at={job.lastSuccess} none="never read to its end yet" />
            </dd>
            <dt className="text-muted">Rows</dt>
            <dd className="tabular-nums">{compact(job.rows)}</dd>
          </>
        )}
        {source && source.state !== "UP" && (
          <>
            <dt className="text-muted">Source</dt>
            <dd>
              <Tag tone="warn">does not answer</Tag> since <Since at={source.downSince} />
            </dd>
          </>
        )}
      </dl>
      {job?.error && (
        <p className="text-sm break-words text-bad">
          {job.error.message} <span className="text-ink">{job.error.remedy}</span>
        </p>
      )}
      {check && <CheckResult check={check} />}
      {failure !== null && <ProblemNote thrown={failure} />}
      <footer className="mt-auto flex flex-wrap gap-2 pt-1">
        <Button small busy={busy} why={mayNot} onClick={() => void test()}>
          {busy ? "Testing…" : "Test"}
        </Button>
        <Button small why={mayNot} onClick={onEdit}>
          Edit
        </Button>
        <Button small look="danger" why={mayNot} onClick={onDelete}>
          Delete
        </Button>
        <span className="flex-1" />
        {job?.runId && (
          <Link to="/jobs/runs/$runId" params={{ runId: job.runId }} className="inline-flex h-7 items-center px-2 text-xs text-accent hover:underline">
            Last run
          </Link>
        )}
      </footer>
    </article>
  );
}
