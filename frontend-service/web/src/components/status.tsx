import {
  Ban, CircleCheck, CircleDashed, CircleX, Clock, Hourglass, type LucideIcon, Loader, Pause, TriangleAlert,
} from "lucide-react";
import type { JobState, RunState } from "@/api/types";
import { classes } from "@/lib/words";

export type Tone = "good" | "warn" | "bad" | "wait" | "busy" | "idle";

export const toneText: Record<Tone, string> = {
  good: "text-good",
  warn: "text-warn",
  bad: "text-bad",
  wait: "text-wait",
  busy: "text-accent",
  idle: "text-muted",
};

interface Look {
  tone: Tone;
  icon: LucideIcon;
  word: string;
}

const jobs: Record<JobState, Look> = {
  NOT_STARTED: { tone: "idle", icon: CircleDashed, word: "Not started" },
  PENDING: { tone: "wait", icon: Clock, word: "Queued" },
  RUNNING: { tone: "busy", icon: Loader, word: "Running" },
  PAUSED: { tone: "idle", icon: Pause, word: "Paused" },
  FINISHED: { tone: "good", icon: CircleCheck, word: "Up to date" },
  FAILED: { tone: "bad", icon: CircleX, word: "Failed" },
};

const runs: Record<RunState, Look> = {
  RUNNING: { tone: "busy", icon: Loader, word: "Running" },
  WAITING: { tone: "wait", icon: Hourglass, word: "Waiting" },
  FINISHED: { tone: "good", icon: CircleCheck, word: "Finished" },
  FAILED: { tone: "bad", icon: CircleX, word: "Failed" },
  STOPPED: { tone: "idle", icon: Ban, word: "Stopped" },
};

export function jobLook(state: JobState): Look {
  return jobs[state];
}

export function runLook(state: RunState): Look {
  return runs[state];
}

/** A state as shape, colour and word; none of the three has to be seen to know it. */
export function Status({ look, big }: { look: Look; big?: boolean }) {
  const Icon = look.icon;
  return (
    <span className={classes("inline-flex items-center gap-1.5 whitespace-nowrap", toneText[look.tone])}>
      <Icon
        size={big ? 18 : 15}
        aria-hidden
        className={classes("shrink-0", look.tone === "busy" && "motion-safe:animate-[spin_2.4s_linear_infinite]")}
      />
      <span className={big ? "text-base font-semibold" : "text-sm font-medium"}>{look.word}</span>
    </span>
  );
}

export function JobStatus({ state, big }: { state: JobState; big?: boolean }) {
  return <Status look={jobs[state]} big={big ?? false} />;
}

export function RunStatus({ state, big }: { state: RunState; big?: boolean }) {
  return <Status look={runs[state]} big={big ?? false} />;
}

const soft: Record<Tone, string> = {
  good: "bg-good-soft",
  warn: "bg-warn-soft",
  bad: "bg-bad-soft",
  wait: "bg-wait-soft",
  busy: "bg-accent-soft",
  idle: "bg-sunken",
};

/** A sentence that concerns the whole page or panel. */
export function Note({ tone, children, action }: { tone: Tone; children: React.ReactNode; action?: React.ReactNode }) {
  const Icon = { good: CircleCheck, warn: TriangleAlert, bad: CircleX, wait: Hourglass, busy: Loader, idle: Pause }[tone];
  return (
    <div className={classes("flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md px-3 py-2 text-sm text-ink", soft[tone])}>
      <Icon size={16} aria-hidden className={classes("shrink-0", toneText[tone])} />
      <div className="min-w-0 flex-1 basis-60">{children}</div>
      {action}
    </div>
  );
}

/** A short word beside a thing. */
export function Tag({ tone = "idle", children }: { tone?: Tone; children: React.ReactNode }) {
  return (
    <span className={classes("inline-flex items-center rounded-sm px-1.5 text-xs font-medium whitespace-nowrap", soft[tone], toneText[tone])}>
      {children}
    </span>
  );
}
