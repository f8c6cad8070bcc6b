import { useQuery } from "@tanstack/react-query";
import { runEventsQuery } from "@/api/runs";
import { Loaded, Panel } from "@/components/panel";
import { clockTime, fullMoment, moment } from "@/lib/format";
import { sentence } from "@/lib/words";

/** What happened to the run, from its beginning on; it is never edited. */
export function Timeline({ run }: { run: number }) {
  const events = useQuery(runEventsQuery(run));
  return (
    <Panel title="Timeline">
      <Loaded query={events}>
        {(all) =>
          all.length === 0 ? (
            <p className="text-sm text-muted">Nothing is noted yet.</p>
          ) : (
            <ol className="relative ml-1 flex flex-col gap-3 border-l pl-4">
              {all.toSorted((a, b) => a.id - b.id).map((event) => (
                <li key={event.id} className="relative text-sm">
                  <span aria-hidden className="absolute top-1.5 -left-[21px] size-2 rounded-full border-2 border-accent bg-surface" />
                  <span className="flex flex-wrap items-baseline gap-x-2">
                    <span className="font-medium">{sentence(event.kind)}</span>
                    <time dateTime={event.happenedAt} title={fullMoment(event.happenedAt)} className="text-xs text-muted tabular-nums">
                      {moment(event.happenedAt).includes(",") ? moment(event.happenedAt) : clockTime(event.happenedAt, true)}
                    </time>
                  </span>
                  <span className="block break-words text-muted">{event.message}</span>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Panel>
  );
}
