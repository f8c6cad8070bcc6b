import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { auditPage, auditQuery, type Book } from "@/api/operations";
import type { AuditEvent } from "@/api/types";
import type { Column } from "@/components/columns";
import { DataTable } from "@/components/data-table";
import { Drawer } from "@/components/dialog";
import { Empty, EmptyByFilter, Skeleton } from "@/components/panel";
import { ProblemNote } from "@/components/problem-note";
import { Time } from "@/components/time";
import { fullMoment } from "@/lib/format";
import { everyPage } from "@/lib/pages";
import { sentence } from "@/lib/words";

interface View {
  text?: string | undefined;
  entry?: number | undefined;
  sort?: string | undefined;
}

const target = (event: AuditEvent) => [event.targetKind, event.targetId].filter(Boolean).join(" ");

export function AuditTable({ book, view, onView }: { book: Book; view: View; onView: (view: View) => void }) {
  const query = useInfiniteQuery(auditQuery(book));
  const all = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const columns = useMemo<Column<AuditEvent>[]>(
    () => [
      { id: "at", header: "When", value: (event) => event.at, cell: (event) => <Time at={event.at} />, main: true },
      { id: "actor", header: "Who", value: (event) => event.actor, cell: (event) => <span className="break-all">{event.actor}</span>, main: true },
      {
        id: "action",
        header: "What",
        value: (event) => event.action,
        cell: (event) => (
          <button type="button" className="rounded-sm text-left font-medium hover:underline" onClick={() => onView({ entry: event.id })}>
            {sentence(event.action.replaceAll(".", " "))}
          </button>
        ),
        main: true,
      },
      { id: "target", header: "On what", value: target },
      { id: "reason", header: "Why", value: (event) => event.reason, cell: (event) => <span className="line-clamp-2 max-w-md break-words">{event.reason}</span> },
      { id: "request", header: "Request", value: (event) => event.requestId, hidden: true },
    ],
    [onView],
  );
  const wanted = (event: AuditEvent) =>
    !view.text || [event.actor, event.action, target(event), event.reason].some((each) => each?.toLowerCase().includes(view.text?.toLowerCase() ?? ""));
  const rows = all.filter(wanted);
  const opened = all.find((event) => event.id === view.entry);

  async function* allRows() {
    for await (const page of everyPage((next) => auditPage(book, next))) yield page.filter(wanted);
  }

  if (query.isError) return <ProblemNote thrown={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton rows={8} />;
  return (
    <div className="rounded-lg border bg-surface">
      <DataTable
        caption={`Audit of ${book}`}
        columns={columns}
        rows={rows}
        rowId={(event) => `${event.id}`}
        sort={view.sort}
        onSort={(sort) => onView({ sort })}
        more={query.hasNextPage ? { fetch: () => void query.fetchNextPage(), fetching: query.isFetchingNextPage } : null}
        allRows={allRows}
        filters={
          <input
            type="search"
            aria-label="Search what is shown"
            placeholder="Who, what, or why"
            value={view.text ?? ""}
            onChange={(event) => onView({ text: event.target.value || undefined })}
            className="h-8 w-56 rounded-md border bg-surface px-2 text-sm"
          />
        }
        empty={
          view.text ? (
            <EmptyByFilter filters={`“${view.text}”`} onClear={() => onView({ text: undefined })} />
          ) : (
            <Empty title="Nothing has been done yet">Who changes something, is noted here with what was before and after.</Empty>
          )
        }
      />
      {opened && <Event event={opened} onClose={() => onView({ entry: undefined })} />}
    </div>
  );
}

function Event({ event, onClose }: { event: AuditEvent; onClose: () => void }) {
  return (
    <Drawer title={sentence(event.action.replaceAll(".", " "))} onClose={onClose}>
      <div className="flex flex-col gap-4 px-5 py-4 text-sm">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
          {[
            ["When", fullMoment(event.at)],
            ["Who", event.actor],
            ["On what", target(event)],
            ["Why", event.reason],
            ["Request", event.requestId],
          ].map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="break-all">{value || "–"}</dd>
            </div>
          ))}
        </dl>
        {[["Before", event.before] as const, ["After", event.after] as const].map(
          ([name, state]) =>
            state && (
              <div key={name}>
                <p className="mb-1 font-medium">{name}</p>
                <pre tabIndex={0} className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap">{JSON.stringify(state, null, 2)}</pre>
              </div>
            ),
        )}
      </div>
    </Drawer>
  );
}
