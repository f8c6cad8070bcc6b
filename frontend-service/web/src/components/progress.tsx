import { classes } from "@/lib/words";
import type { Tone } from "./status";

const fill: Record<Tone, string> = {
  busy: "bg-accent",
  good: "bg-good",
  warn: "bg-warn",
  bad: "bg-bad",
  wait: "bg-wait",
  idle: "bg-line-strong",
};

/**
 * How far something has come. Without a total there is no share to show, and none is made up: the bar then says only
 * whether anything moves.
 */
export function Progress({ percent, label, tone = "busy", thin }: {
  percent: number | null;
  label: string;
  tone?: Tone;
  thin?: boolean;
}) {
  const known = percent !== null;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? Math.round(percent) : undefined}
      className={classes("w-full overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset", thin ? "h-1" : "h-2")}
    >
      <div
        className={classes(
          "h-full rounded-full transition-[width] duration-500",
          fill[tone],
          !known && "opacity-40",
          !known && tone === "busy" && "motion-safe:animate-beat",
        )}
        style={{ width: `${known ? Math.max(percent, 1) : 100}%` }}
      />
    </div>
  );
}
