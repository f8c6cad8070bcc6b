import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { approveVanished, rejectVanished, vanishedQuery, type Seen } from "@/api/jobs";
import type { Job, Vanished } from "@/api/types";
import { Button } from "@/components/button";
import type { Column } from "@/components/columns";
import { Confirm } from "@/components/confirm";
import { DataTable } from "@/components/data-table";
import { Empty, Skeleton } from "@/components/panel";
import { ProblemNote } from "@/components/problem-note";
import { Note } from "@/components/status";
import { Since } from "@/components/time";
import { tell } from "@/components/toast";
import { count, plural } from "@/lib/format";
import { useMissing } from "@/lib/me";

const columns: Column<Vanished>[] = [
  { id: "record", header: "Record", value: (row) => row.externalId, cell: (row) => <span className="font-mono text-xs">{row.externalId}</span>, main: true },
  { id: "stream", header: "Stream", value: (row) => row.stream, main: true },
  { id: "partition", header: "Part", value: (row) => row.partition, main: true },
  { id: "noticed", header: "Missed", value: (row) => row.noticedAt, cell: (row) => <Since at={row.noticedAt} />, main: true },
];

/** Many rows that the source does not show any more at once: that may be an error, so somebody decides. */
export function VanishedTab({ job }: { job: Job | undefined }) {
  if (!job) return <Empty title="Nothing is connected" />;
  return <List job={job} />;
}

function List({ job }: { job: Job }) {
  const client = useQueryClient();
  const query = useInfiniteQuery(vanishedQuery(job.id));
  const mayNot = useMissing("quarantine:write");
  const [asked, setAsked] = useState<"approve" | "reject" | null>(null);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const waiting = rows.filter((row) => row.approvedAt === null);
  const whole = !query.hasNextPage;
  if (query.isError) return <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton rows={5} />;
  if (rows.length === 0) {
    return (
      <div className="rounded-lg border bg-surface">
        <Empty title="Nothing has vanished">
          When a source no longer shows many records at once, nothing is marked as gone before somebody has looked.
        </Empty>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {waiting.length > 0 && (
        <Note
          tone="warn"
          action={
            <>
              <Button small why={mayNot} onClick={() => setAsked("reject")}>They are still there</Button>
              <Button
                small
                look="danger"
                why={mayNot ?? (whole ? null : "Read the list to its end first: only what was looked at can be marked.")}
                onClick={() => setAsked("approve")}
              >
                They are gone
              </Button>
            </>
          }
        >
          {job.name} does not show {plural(waiting.length, "record")} any more that it showed before. Were they deleted there?
        </Note>
      )}
      <div className="rounded-lg border bg-surface">
        <DataTable
          caption={`Vanished records of ${job.name}`}
          columns={columns}
          rows={rows}
          rowId={(row) => `${row.id}`}
          more={query.hasNextPage ? { fetch: () => void query.fetchNextPage(), fetching: query.isFetchingNextPage } : null}
        />
      </div>
      {asked && (
        <Confirm
          title={asked === "approve" ? "Mark them as gone?" : "Keep them?"}
          consequence={
            asked === "approve"
              ? "They are marked as gone and are left out of everything from now on. If the source shows one again, it is back."
              : "They stay as they are, and are looked for again."
          }
          action={asked === "approve" ? "They are gone" : "Keep them"}
          danger={asked === "approve"}
          reason="optional"
          onConfirm={async (reason) => {
            const decided = asked === "approve" ? await approve(job.id, waiting, reason) : (await rejectVanished(job.id, reason)).rows;
            await client.invalidateQueries({ queryKey: ["job", job.id] });
            tell(`Decided for ${count(decided)} records`);
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}

/** Stream by stream, and only what is in the list: what has vanished meanwhile waits for another look. */
async function approve(job: number, rows: Vanished[], reason: string | undefined) {
  const seen = new Map<string, Seen>();
  for (const { stream, id } of rows) {
    const before = seen.get(stream);
    seen.set(stream, { stream, upTo: Math.max(id, before?.upTo ?? 0), rows: (before?.rows ?? 0) + 1 });
  }
  let decided = 0;
  for (const each of seen.values()) decided += (await approveVanished(job, each, reason)).rows;
  return decided;
}
