import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type LogsFilter, recentLogQuery } from "@/api/operations";
import { Check, Pick } from "@/components/field";
import { LogLevel, Marked } from "@/components/log-parts";
import { EmptyByFilter, Loaded, Panel } from "@/components/panel";
import { Note } from "@/components/status";
import { fullMoment, moment } from "@/lib/format";

const levels = ["ERROR", "WARN", "INFO", "DEBUG"] as const;

/** The last lines of the engine's log. */
export function RecentLog({ filter, onFilter }: { filter: LogsFilter; onFilter: (filter: LogsFilter) => void }) {
  const [follow, setFollow] = useState(true);
  const log = useQuery({ ...recentLogQuery(filter), refetchInterval: follow ? 4_000 : false, placeholderData: (before) => before });
  return (
    <Panel
      title="Last lines"
      flush
      aside={
        <>
          <Check label="Follow" checked={follow} onChange={setFollow} />
          <Pick
            label="Level"
            value={filter.level ?? ""}
            options={[{ value: "", label: "All levels" }, ...levels.map((level) => ({ value: level, label: `${level} and worse` }))]}
            onChange={(level) => onFilter({ ...filter, level: (level || undefined) as LogsFilter["level"] })}
          />
          <input
            type="search"
            aria-label="Search the log"
            placeholder="Search"
            value={filter.text ?? ""}
            onChange={(event) => onFilter({ ...filter, text: event.target.value || undefined })}
            className="h-8 w-44 rounded-md border bg-surface px-2 text-sm text-ink"
          />
        </>
      }
    >
      <Loaded query={log}>
        {({ items, complete }) =>
          items.length === 0 ? (
            <EmptyByFilter filters="this level and text" onClear={() => onFilter({})} />
          ) : (
            <>
              <ol tabIndex={0} aria-label="Lines of the log" className="max-h-[65dvh] overflow-y-auto py-1 font-mono text-xs">
                {items.map((line, index) => (
                  <li key={`${line.at} ${index}`} className="flex gap-3 px-4 py-0.5 hover:bg-hover max-md:flex-wrap max-md:gap-y-0">
                    {line.at && (
                      <time dateTime={line.at} title={fullMoment(line.at)} className="shrink-0 text-muted tabular-nums">
                        {moment(line.at)}
                      </time>
                    )}
                    <LogLevel level={line.level} />
                    <span className="min-w-0 break-words whitespace-pre-wrap">
                      {line.run && <span className="text-muted">run {line.run} </span>}
                      <Marked text={line.message} find={filter.text} />
                      {line.error && (
                        <details className="text-muted">
                          <summary>what was thrown</summary>
                          <pre className="overflow-x-auto">{line.error}</pre>
                        </details>
                      )}
                    </span>
                  </li>
                ))}
              </ol>
              {!complete && (
                <div className="p-3">
                  <Note tone="idle">Older lines are in the files below.</Note>
                </div>
              )}
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}
