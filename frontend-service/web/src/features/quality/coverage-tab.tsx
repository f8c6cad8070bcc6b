import { useQuery } from "@tanstack/react-query";
import { coverageQuery } from "@/api/jobs";
import type { CoveredElement, Job } from "@/api/types";
import type { Column } from "@/components/columns";
import { DataTable } from "@/components/data-table";
import { Empty, Loaded, Panel } from "@/components/panel";
import { Note, Tag } from "@/components/status";
import { Since } from "@/components/time";
import { count } from "@/lib/format";

const sum = (element: CoveredElement, of: "atSource" | "stored") =>
  element.counts.length === 0 ? null : element.counts.reduce((total, each) => total + each[of], 0);

const columns: Column<CoveredElement>[] = [
  { id: "name", header: "Project or repository", value: (element) => element.name, cell: (element) => <span className="font-medium">{element.name}</span>, main: true },
  {
    id: "state",
    header: "Read",
    value: (element) => (element.unreadable.length > 0 ? "in part" : element.included ? "yes" : "no"),
    cell: (element) =>
      element.unreadable.length > 0 ? <Tag tone="warn">in part</Tag> : element.included ? <Tag tone="good">yes</Tag> : <Tag>left out</Tag>,
    main: true,
  },
  { id: "source", header: "At the source", value: (element) => sum(element, "atSource"), cell: (element) => <Counts element={element} of="atSource" />, numeric: true },
  { id: "stored", header: "Kept", value: (element) => sum(element, "stored"), cell: (element) => <Counts element={element} of="stored" />, numeric: true, main: true },
  {
    id: "refused",
    header: "What the source refuses",
    value: (element) => element.unreadable.map((each) => `${each.streamLabel}: ${each.reason}`).join("; ") || null,
    cell: (element) =>
      element.unreadable.length > 0 ? (
        <ul className="text-sm">
          {element.unreadable.map((each) => (
            <li key={each.stream} className="break-words">
              <b className="font-medium">{each.streamLabel}</b>: {each.reason} (<Since at={each.since} />)
            </li>
          ))}
        </ul>
      ) : null,
  },
];

function Counts({ element, of }: { element: CoveredElement; of: "atSource" | "stored" }) {
  if (element.counts.length === 0) return <span className="text-muted">not counted</span>;
  return element.counts.map((each) => (
    <span key={each.record} className="block whitespace-nowrap">
      {count(each[of])} <span className="text-muted">{each.record}</span>
    </span>
  ));
}

/** Whether all that is there was read: counted at the source, and counted here. */
export function CoverageTab({ job }: { job: Job | undefined }) {
  if (!job) return <Empty title="Nothing is connected">Once a source is, this says what of it is read.</Empty>;
  return <Coverage job={job} />;
}

function Coverage({ job }: { job: Job }) {
  const coverage = useQuery(coverageQuery(job.id));
  return (
    <Loaded query={coverage}>
      {({ items, streams }) => (
        <div className="flex flex-col gap-4">
          {streams.map((each) => (
            <Note key={each.stream} tone="warn">
              <b>{each.streamLabel}</b> may not be read at all: {each.reason}
            </Note>
          ))}
          <Panel title={job.name} flush aside={`${items.length} found at the source`}>
            <DataTable
              caption={`Coverage of ${job.name}`}
              columns={columns}
              rows={items}
              rowId={(element) => element.externalId}
              empty={<Empty title="Nothing is found yet">The first run looks what there is.</Empty>}
            />
          </Panel>
        </div>
      )}
    </Loaded>
  );
}
