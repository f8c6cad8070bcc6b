import type { Run, RunState } from "@/api/types";
import { Chart } from "@/components/chart";
import type { Mark } from "@/components/plot";
import { runLook } from "@/components/status";
import { decimal, secondsBetween } from "@/lib/format";

const marks: Partial<Record<RunState, Mark>> = {
  FINISHED: { text: "text-good" },
  FAILED: { text: "text-bad" },
  STOPPED: { text: "text-muted", hollow: true },
};

/** How long runs took, when, and how they ended. */
export function DurationChart({ runs, onZoom }: { runs: readonly Run[]; onZoom: (from: number, to: number) => void }) {
  const ended = (["FINISHED", "FAILED", "STOPPED"] as const).map((state) => ({
    name: runLook(state).word,
    kind: "bar" as const,
    mark: marks[state] ?? { text: "text-ink" },
    points: runs
      .filter((run) => run.state === state && run.endedAt !== null)
      .map((run) => ({
        at: Date.parse(run.startedAt),
        value: secondsBetween(run.startedAt, run.endedAt ?? run.startedAt) / 60,
        label: `Run ${run.id}, ${runLook(state).word.toLowerCase()}`,
      }))
      .toReversed(),
  }));
  return (
    <Chart title="How long runs took" unit="minutes from begin to end, waits included" format={decimal} series={ended.filter((each) => each.points.length > 0)} onZoom={onZoom} />
  );
}
