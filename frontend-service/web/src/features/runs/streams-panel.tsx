import { Link } from "@tanstack/react-router";
import type { RunReport, StreamProgress } from "@/api/types";
import { Panel } from "@/components/panel";
import { Progress } from "@/components/progress";
import { EtaWords, WaitWords } from "@/components/run-progress";
import { Tag, type Tone } from "@/components/status";
import { count, decimal, plural } from "@/lib/format";

const states = {
  TO_COME: { word: "to come", tone: "idle" },
  READING: { word: "reading", tone: "busy" },
  ENDED: { word: "read", tone: "good" },
} as const satisfies Record<StreamProgress["state"], { word: string; tone: Tone }>;

/** What the run reads, stream by stream, with what became of the records. */
export function StreamsPanel({ report }: { report: RunReport }) {
  const over = report.run.endedAt !== null;
  return (
    <Panel
      title="Streams"
      flush
      aside={
        <Link from="/jobs/runs/$runId" search={(before) => ({ ...before, panel: "partitions" })} className="text-accent hover:underline">
          Every partition
        </Link>
      }
    >
      <div className="overflow-x-auto">
        <table className="w-full text-sm">
          <caption className="sr-only">Streams of the run</caption>
          <thead className="text-left text-xs text-muted">
            <tr>
              <th scope="col" className="py-2 pr-3 pl-4 font-medium">Stream</th>
              <th scope="col" className="min-w-44 px-3 py-2 font-medium">Progress</th>
              {["New", "Changed", "Same", "Gone"].map((name) => (
                <th key={name} scope="col" className="px-3 py-2 text-right font-medium">{name}</th>
              ))}
              <th scope="col" className="py-2 pr-4 pl-3 text-right font-medium">Unreadable</th>
            </tr>
          </thead>
          <tbody>
            {report.streams.map((stream) => (
              <tr key={stream.stream} className="border-t align-top">
                <th scope="row" className="py-2 pr-3 pl-4 text-left font-normal">
                  <span className="block font-medium">{stream.label}</span>
                  <span className="text-xs text-muted">
                    {[
                      stream.pages > 0 && plural(stream.pages, "page"),
                      stream.partitions !== null && stream.partitions > 1 && `${stream.partitionsEnded} of ${stream.partitions} parts`,
                    ]
                      .filter(Boolean)
                      .join(", ")}
                  </span>
                </th>
                <td className="px-3 py-2">
                  <StreamBar stream={stream} over={over} />
                </td>
                <Number value={stream.inserted} />
                <Number value={stream.updated} />
                <Number value={stream.unchanged} />
                <Number value={stream.deleted} />
                <td className="py-2 pr-4 pl-3 text-right tabular-nums">
                  {stream.quarantined > 0 ? (
                    <Link to="/quarantine" search={{ connection: report.run.jobId }} className="font-medium text-warn underline">
                      {count(stream.quarantined)}
                    </Link>
                  ) : (
                    <span className="text-muted">0</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Number({ value }: { value: number }) {
  return <td className={`px-3 py-2 text-right tabular-nums ${value === 0 ? "text-muted" : ""}`}>{count(value)}</td>;
}

function StreamBar({ stream, over }: { stream: StreamProgress; over: boolean }) {
  const { word, tone } = states[stream.state];
  if (stream.state === "TO_COME") return <Tag tone={tone}>{over ? "not reached" : word}</Tag>;
  if (stream.state === "ENDED") return <Tag tone={tone}>{word}</Tag>;
  return (
    <div className="flex flex-col gap-1">
      <Progress percent={stream.percent} label={`How far ${stream.label} is`} tone={stream.waits ? "wait" : over ? "idle" : "busy"} thin />
      <span className="flex flex-wrap gap-x-2 text-xs text-muted tabular-nums">
        {stream.waits && !over ? (
          <span className="text-wait"><WaitWords waits={stream.waits} /></span>
        ) : (
          <>
            <span>
              {stream.read === null ? "how much there is, is not known" : count(stream.read)}
              {stream.expected !== null && ` of ${count(stream.expected)}`}
            </span>
            {!over && stream.rowsPerSecond !== null && <span>{decimal(stream.rowsPerSecond)} rows/s</span>}
            {!over && stream.eta && <EtaWords eta={stream.eta} />}
          </>
        )}
      </span>
    </div>
  );
}
