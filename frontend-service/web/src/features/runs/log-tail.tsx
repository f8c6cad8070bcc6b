import { useInfiniteQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { type LogFilter, runLogQuery } from "@/api/runs";
import type { RunLogLine } from "@/api/types";
import { Button } from "@/components/button";
import { Pick } from "@/components/field";
import { LogLevel, Marked } from "@/components/log-parts";
import { Panel, Skeleton } from "@/components/panel";
import { ProblemNote } from "@/components/problem-note";
import { clockTime, fullMoment } from "@/lib/format";

const levels = ["ERROR", "WARN", "INFO", "DEBUG"] as const;

/** What the run has noted, the newest first; one finds words in it and steps through where they stand. */
export function LogTail({ run, live, streams, filter, onFilter }: {
  run: number;
  live: boolean;
  streams: readonly { stream: string; label: string }[];
  filter: LogFilter;
  onFilter: (filter: LogFilter) => void;
}) {
  const { text: find, ...asked } = filter;
  const log = useInfiniteQuery({ ...runLogQuery(run, asked), refetchInterval: live ? 4_000 : false });
  const lines = log.data?.pages.flatMap((page) => page.items) ?? [];
  const hits = find ? lines.filter((line) => line.message.toLowerCase().includes(find.toLowerCase())) : [];
  const [at, setAt] = useState(0);
  const hit = hits.length > 0 ? hits[at % hits.length] : undefined;
  const marked = useRef<HTMLLIElement>(null);
  const hitId = hit?.id;
  useEffect(() => {
    if (hitId !== undefined) marked.current?.scrollIntoView({ block: "nearest" });
  }, [hitId]);

  return (
    <Panel
      title="Log"
      flush
      aside={
        <>
          <Pick
            label="Level"
            value={filter.level ?? ""}
            options={[{ value: "", label: "All levels" }, ...levels.map((level) => ({ value: level, label: `${level} and worse` }))]}
            onChange={(level) => onFilter({ ...filter, level: (level || undefined) as LogFilter["level"] })}
          />
          <Pick
            label="Stream"
            value={filter.stream ?? ""}
            options={[{ value: "", label: "All streams" }, ...streams.map(({ stream, label }) => ({ value: stream, label }))]}
            onChange={(stream) => onFilter({ ...filter, stream: stream || undefined })}
          />
        </>
      }
    >
      <div className="flex items-center gap-2 border-b px-4 py-2">
        <input
          type="search"
          aria-label="Find in the log"
          placeholder="Find in the log"
          value={find ?? ""}
          onChange={(event) => {
            setAt(0);
            onFilter({ ...filter, text: event.target.value || undefined });
          }}
          onKeyDown={(event) => event.key === "Enter" && setAt(at + 1)}
          className="h-8 min-w-0 flex-1 rounded-md border bg-surface px-2 text-sm"
        />
        <span className="w-20 text-right text-xs text-muted tabular-nums" role="status">
          {find ? (hits.length === 0 ? "not found" : `${(at % hits.length) + 1} of ${hits.length}`) : ""}
        </span>
        <Button small label="Earlier match" icon={<ChevronUp size={14} />} onClick={() => setAt(at + hits.length - 1)} why={hits.length ? null : "Nothing is found."} />
        <Button small label="Next match" icon={<ChevronDown size={14} />} onClick={() => setAt(at + 1)} why={hits.length ? null : "Nothing is found."} />
      </div>
      {log.isError && <div className="p-4"><ProblemNote thrown={log.error} onRetry={() => void log.refetch()} /></div>}
      {log.isPending && <Skeleton className="p-4" rows={6} />}
      {log.isSuccess && lines.length === 0 && <p className="px-4 py-6 text-sm text-muted">Nothing is noted with these filters.</p>}
      <ol tabIndex={0} aria-label="Lines of the log" className="max-h-96 overflow-y-auto py-1 font-mono text-xs">
        {lines.map((line) => (
          <Line key={line.id} line={line} find={find} here={line === hit} refHere={line === hit ? marked : undefined} />
        ))}
        {log.hasNextPage && (
          <li className="px-4 py-2">
            <Button small busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>Older lines</Button>
          </li>
        )}
      </ol>
    </Panel>
  );
}

function Line({ line, find, here, refHere }: {
  line: RunLogLine;
  find: string | undefined;
  here: boolean;
  refHere: React.Ref<HTMLLIElement> | undefined;
}) {
  return (
    <li ref={refHere} className={`flex gap-3 px-4 py-0.5 max-sm:flex-wrap max-sm:gap-y-0 ${here ? "bg-accent-soft" : "hover:bg-hover"}`}>
      <time dateTime={line.at} title={fullMoment(line.at)} className="shrink-0 text-muted tabular-nums">{clockTime(line.at, true)}</time>
      <LogLevel level={line.level} />
      <span className="min-w-0 break-words whitespace-pre-wrap">
        {line.stream && <span className="text-muted">{line.stream} </span>}
        <Marked text={line.message} find={find} />
        {line.count > 1 && <span className="text-muted"> ×{line.count}</span>}
      </span>
    </li>
  );
}
