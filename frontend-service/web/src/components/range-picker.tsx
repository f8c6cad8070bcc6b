import { timeZone } from "@/lib/format";
import { classes } from "@/lib/words";

export type Range = "1d" | "7d" | "30d" | "90d" | "all";

export interface RangeView {
  range?: Range | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const presets: readonly { range: Range; label: string; days: number | null }[] = [
  { range: "1d", label: "24 hours", days: 1 },
  { range: "7d", label: "7 days", days: 7 },
  { range: "30d", label: "30 days", days: 30 },
  { range: "90d", label: "90 days", days: 90 },
  { range: "all", label: "All", days: null },
];

/** The stretch of time that the address names, in milliseconds; open at an end that is not named. */
export function stretch(view: RangeView, fallback: Range, now: number): { from: number; to: number } {
  if (view.from || view.to) {
    return { from: view.from ? Date.parse(view.from) : 0, to: view.to ? Date.parse(view.to) : now };
  }
  const days = presets.find((preset) => preset.range === (view.range ?? fallback))?.days;
  return { from: days ? now - days * 86_400_000 : 0, to: now };
}

/** From when to when; what is chosen stands in the address. */
export function RangePicker({ view, fallback, onChange }: {
  view: RangeView;
  fallback: Range;
  onChange: (view: RangeView) => void;
}) {
  const custom = Boolean(view.from || view.to);
  const current = custom ? null : (view.range ?? fallback);
  const local = (instant: string | undefined) => {
    if (!instant) return "";
    const at = new Date(instant);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  };
  const set = (edge: "from" | "to", value: string) =>
    onChange({ from: view.from, to: view.to, range: undefined, [edge]: value ? new Date(value).toISOString() : undefined });
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">Time</legend>
      <div className="flex rounded-md border bg-surface p-0.5">
        {presets.map((preset) => (
          <button
            key={preset.range}
            type="button"
            aria-pressed={current === preset.range}
            onClick={() => onChange({ range: preset.range, from: undefined, to: undefined })}
            className={classes(
              "h-7 rounded-sm px-2 text-xs",
              current === preset.range ? "bg-accent-soft font-medium text-accent" : "text-muted hover:text-ink",
            )}
          >
            {preset.label}
          </button>
        ))}
      </div>
      <details className="relative" open={custom || undefined}>
        <summary className="h-8 rounded-md px-2 py-1.5 text-xs text-muted hover:text-ink">From … to …</summary>
        <div className="mt-1 flex flex-wrap items-center gap-2 text-xs">
          {(["from", "to"] as const).map((edge) => (
            <label key={edge} className="flex items-center gap-1">
              {edge}
              <input
                type="datetime-local"
                value={local(view[edge])}
                onChange={(event) => set(edge, event.target.value)}
                className="h-8 rounded-md border bg-surface px-2"
              />
            </label>
          ))}
          <span className="text-muted">{timeZone}</span>
        </div>
      </details>
    </fieldset>
  );
}
