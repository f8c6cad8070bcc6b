import type { RunLogLine } from "@/api/types";
import { classes } from "@/lib/words";

const tones: Record<RunLogLine["level"], string> = {
  ERROR: "text-bad font-semibold",
  WARN: "text-warn font-semibold",
  INFO: "text-ink",
  DEBUG: "text-muted",
  TRACE: "text-muted",
};

export function LogLevel({ level }: { level: RunLogLine["level"] | null }) {
  return <span className={classes("w-11 shrink-0", level && tones[level])}>{level ?? ""}</span>;
}

/** Text with what was looked for marked in it. */
export function Marked({ text, find }: { text: string; find: string | undefined }) {
  if (!find) return text;
  const parts: { text: string; hit: boolean; at: number }[] = [];
  const lower = text.toLowerCase();
  const wanted = find.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push({ text: text.slice(from, at), hit: false, at: from });
    parts.push({ text: text.slice(at, at + wanted.length), hit: true, at });
    from = at + wanted.length;
  }
  parts.push({ text: text.slice(from), hit: false, at: from });
  return parts.map((part) =>
    part.hit ? (
      <mark key={`m${part.at}`} className="rounded-sm bg-warn-soft text-ink">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
