import type { Eta, RunProgress, RunWait } from "@/api/types";
import { useNow } from "@/lib/clock";
import { clockTime, count, decimal, duration, relative } from "@/lib/format";
import { Progress } from "./progress";
import type { Tone } from "./status";

/** When it will be done, as a range: a single time would claim more than is known. */
export function EtaWords({ eta }: { eta: Eta }) {
  const now = useNow();
  const from = (Date.parse(eta.earliest) - now) / 1000;
  const to = (Date.parse(eta.latest) - now) / 1000;
  if (to < 5) return <>done any moment</>;
  const [low, high] = [duration(Math.max(0, from)), duration(to)];
  return <span title={`between ${clockTime(eta.earliest, true)} and ${clockTime(eta.latest, true)}`}>{low === high ? `≈ ${high}` : `${from < 5 ? "up to" : `${low} –`} ${high}`} left</span>;
}

export function WaitWords({ waits }: { waits: RunWait }) {
  const now = useNow();
  return (
    <>
      {waits.reason ?? "Waits"}
      {waits.until && (
        <>
          , goes on <span className="tabular-nums">{relative(waits.until, now)}</span> ({clockTime(waits.until)})
        </>
      )}
    </>
  );
}

/** The bar of a run and what is known about it, in one or two lines that keep their height. */
export function RunBar({ name, progress, tone = "busy" }: { name: string; progress: RunProgress; tone?: Tone }) {
  const { percent, read, expected, rowsPerSecond, eta, waits, streams, streamsEnded } = progress;
  return (
    <div className="min-w-0">
      <Progress percent={percent} label={`How far ${name} is`} tone={waits ? "wait" : tone} />
      <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-muted tabular-nums">
        {waits ? (
          <span className="text-wait">
            <WaitWords waits={waits} />
          </span>
        ) : (
          <>
            <span className="text-ink">
              {percent === null ? `${streamsEnded} of ${streams} streams` : `${Math.floor(percent)} %`}
            </span>
            {read !== null && (
              <span>
                {count(read)}
                {expected !== null && ` of ${count(expected)}`}
              </span>
            )}
            {rowsPerSecond !== null && <span>{decimal(rowsPerSecond)} rows/s</span>}
            {eta && <EtaWords eta={eta} />}
          </>
        )}
      </p>
    </div>
  );
}
