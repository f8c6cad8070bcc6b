import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { quarantinedQuery, quarantinePage, quarantineQuery, retryQuarantined } from "@/api/operations";
import type { Job, Quarantined } from "@/api/types";
import { Button } from "@/components/button";
import type { Column } from "@/components/columns";
import { DataTable } from "@/components/data-table";
import { Drawer } from "@/components/dialog";
import { Pick } from "@/components/field";
import { Empty, Loaded, Skeleton } from "@/components/panel";
import { ProblemNote } from "@/components/problem-note";
import { Since } from "@/components/time";
import { tell, tellFailure } from "@/components/toast";
import { count } from "@/lib/format";
import { useMissing } from "@/lib/me";
import { everyPage } from "@/lib/pages";

interface View {
  connection?: number | undefined;
  entry?: number | undefined;
  sort?: string | undefined;
}

export function RecordsTab({ jobs, view, onView }: { jobs: readonly Job[]; view: View; onView: (view: View) => void }) {
  const query = useInfiniteQuery(quarantineQuery(view.connection));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const columns = useMemo<Column<Quarantined>[]>(() => {
    const name = (entry: Quarantined) => jobs.find((job) => job.id === entry.connectionId)?.name ?? `${entry.connectionId}`;
    return [
      {
        id: "record",
        header: "Record",
        value: (entry) => entry.externalId,
        cell: (entry) => (
          <button type="button" className="max-w-60 truncate rounded-sm font-mono text-xs hover:underline" onClick={() => onView({ entry: entry.id })}>
            {entry.externalId}
          </button>
        ),
        main: true,
      },
      { id: "reason", header: "Why it could not be read", value: (entry) => entry.reason, cell: (entry) => <span className="line-clamp-2 max-w-xl break-words">{entry.reason}</span>, main: true },
      { id: "connection", header: "Connection", value: name, main: true },
      { id: "stream", header: "Stream", value: (entry) => entry.stream },
      { id: "partition", header: "Part", value: (entry) => entry.partition, hidden: true },
      { id: "seen", header: "Met", value: (entry) => entry.seen, cell: (entry) => `${count(entry.seen)}×`, numeric: true },
      { id: "last", header: "Last met", value: (entry) => entry.lastSeen, cell: (entry) => <Since at={entry.lastSeen} /> },
    ];
  }, [jobs, onView]);
  return (
    <div className="rounded-lg border bg-surface">
      {query.isError && <div className="p-4"><ProblemNote thrown={query.error} onRetry={() => void query.refetch()} /></div>}
      {query.isPending && <Skeleton rows={6} className="p-4" />}
      {query.isSuccess && (
        <DataTable
          caption="Records that could not be read"
          columns={columns}
          rows={rows}
          rowId={(entry) => `${entry.id}`}
          sort={view.sort}
          onSort={(sort) => onView({ sort })}
          more={query.hasNextPage ? { fetch: () => void query.fetchNextPage(), fetching: query.isFetchingNextPage } : null}
          allRows={() => everyPage((page) => quarantinePage(view.connection, page))}
          filters={
            <Pick
              label="Connection"
              value={view.connection ? `${view.connection}` : ""}
              options={[{ value: "", label: "All connections" }, ...jobs.map((job) => ({ value: `${job.id}`, label: job.name }))]}
              onChange={(id) => onView({ connection: id ? Number(id) : undefined })}
            />
          }
          empty={
            <Empty title="Everything could be read">
              A record that cannot be understood is kept here with the reason, instead of being left out silently.
            </Empty>
          }
        />
      )}
      {view.entry !== undefined && <EntryDrawer id={view.entry} onClose={() => onView({ entry: undefined })} onRetried={() => void query.refetch()} />}
    </div>
  );
}

function EntryDrawer({ id, onClose, onRetried }: { id: number; onClose: () => void; onRetried: () => void }) {
  const detail = useQuery(quarantinedQuery(id));
  const mayNot = useMissing("quarantine:write");

  async function retry() {
    try {
      await retryQuarantined(id);
      tell("It is tried again", "If it can be read now, it leaves the quarantine.");
      onRetried();
      onClose();
    } catch (failure) {
      tellFailure(failure);
    }
  }

  return (
    <Drawer
      title="What could not be read"
      onClose={onClose}
      footer={
        <Button look="primary" why={mayNot} onClick={() => void retry()}>
          Try it again
        </Button>
      }
    >
      <Loaded query={detail}>
        {({ entry, raw }) => (
          <div className="flex flex-col gap-4 px-5 py-4 text-sm">
            <p className="break-words">{entry.reason}</p>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
              <dt className="text-muted">Record</dt>
              <dd className="font-mono text-xs break-all">{entry.externalId}</dd>
              <dt className="text-muted">Stream</dt>
              <dd>{entry.stream}, {entry.partition}</dd>
              <dt className="text-muted">Met</dt>
              <dd>{count(entry.seen)}×, last <Since at={entry.lastSeen} /></dd>
            </dl>
            <div>
              <p className="mb-1 font-medium">As the source sent it</p>
              <pre className="max-h-[50vh] overflow-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap" tabIndex={0}>{pretty(raw)}</pre>
            </div>
          </div>
        )}
      </Loaded>
    </Drawer>
  );
}

function pretty(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}
