import type { Run, RunProgress } from "@/api/types";
import { Figures } from "@/components/figures";
import { useNow } from "@/lib/clock";
import { compact, count, decimal, duration, plural, secondsBetween } from "@/lib/format";

/** The run in a few numbers. */
export function RunFigures({ run, progress }: { run: Run; progress: RunProgress }) {
  const now = useNow();
  const seconds = secondsBetween(run.startedAt, run.endedAt ?? now);
  const written = progress.inserted + progress.updated + progress.deleted;
  return (
    <Figures
      figures={[
        { label: run.endedAt ? "Took" : "Going on for", value: duration(seconds) },
        { label: "Rows written", value: compact(written), note: `${compact(progress.unchanged)} were the same` },
        {
          label: "Pages read",
          value: count(progress.pages),
          note: `${progress.streamsEnded} of ${plural(progress.streams, "stream")} read`,
        },
        run.endedAt
          ? { label: "On average", value: decimal(written / Math.max(1, seconds)), note: "rows written per second" }
          : { label: "Now", value: decimal(progress.rowsPerSecond), note: "rows per second" },
        {
          label: "Unreadable",
          value: count(progress.quarantined),
          note: progress.quarantined > 0 ? "kept apart, can be tried again" : "nothing was left out",
        },
      ]}
    />
  );
}
