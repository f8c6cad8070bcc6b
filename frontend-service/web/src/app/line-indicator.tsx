import { Tip } from "@/components/tip";
import type { Line } from "@/lib/events";
import { classes } from "@/lib/words";
import { useAnnouncement, useLine } from "@/lib/live";

const looks: Record<Line, { word: string; says: string; dot: string }> = {
  connecting: { word: "Connecting", says: "Asking for what happens.", dot: "border-2 border-line-strong" },
  live: { word: "Live", says: "What happens is shown as it happens.", dot: "bg-good motion-safe:animate-beat" },
  reconnecting: {
    word: "Reconnecting",
    says: "The line for events is cut. Until it is back, everything is asked for every few seconds.",
    dot: "border-2 border-warn",
  },
};

/** Whether what one sees is what is. */
export function LineIndicator() {
  const look = looks[useLine()];
  const announcement = useAnnouncement();
  return (
    <>
      <Tip says={look.says}>
        <button type="button" className="inline-flex h-8 cursor-help items-center gap-2 rounded-md px-2 text-xs text-muted">
          <span aria-hidden className={classes("size-2 rounded-full", look.dot)} />
          {look.word}
        </button>
      </Tip>
      <span aria-live="polite" className="sr-only">
        {announcement}
      </span>
    </>
  );
}
