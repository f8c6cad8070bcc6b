import type { Act } from "@/api/jobs";
import type { Job } from "@/api/types";
import { count } from "./format";

export type ControlKind = Act | "force" | "stopNow" | "pauseNow";

interface ControlWords {
  label: string;
  act: Act;
  body: { force?: boolean; mode?: "page" | "now" };
  /** What will happen to this job, and what is kept. */
  consequence: (job: Job) => string;
  /** Why it makes no sense now, or null. */
  why: (job: Job) => string | null;
  danger?: boolean;
}

const kept = (job: Job) => `${count(job.rows)} rows and all checkpoints are kept.`;
const going = (job: Job) => job.state === "RUNNING" || job.state === "PENDING";
const needsRun = (job: Job) => (going(job) ? null : "Nothing of it is going on.");
const pausable = (job: Job) =>
  job.state === "PAUSED" ? "It is paused already." : job.wish === "STOP" ? "Its run is being stopped." : null;

/** What can be done to a job: the words, and when each makes sense. The engine has the last word. */
export const controls: Readonly<Record<ControlKind, ControlWords>> = {
  start: {
    label: "Start",
    act: "start",
    body: {},
    consequence: () => "It is due now and goes on as soon as its turn comes, from where its checkpoints are.",
    why: (job) =>
      job.state === "RUNNING" ? "A run is going on." : job.state === "PAUSED" ? "It is paused: resume it." : null,
  },
  force: {
    label: "Force start",
    act: "start",
    body: { force: true },
    consequence: () =>
      "It goes before all jobs that are not forced. It still waits for a free place, and for its source's allowance.",
    why: (job) =>
      job.state === "RUNNING" ? "A run is going on." : job.state === "PAUSED" ? "It is paused: resume it." : null,
  },
  pause: {
    label: "Pause",
    act: "pause",
    body: { mode: "page" },
    consequence: (job) =>
      going(job)
        ? `It holds after the page that is being stored, and is the same run when it is resumed. ${kept(job)}`
        : "Its schedule does not start it until it is resumed.",
    why: pausable,
  },
  pauseNow: {
    label: "Pause at once",
    act: "pause",
    body: { mode: "now" },
    consequence: (job) => `The page under way is given up and read again when it is resumed. ${kept(job)}`,
    why: (job) => pausable(job) ?? needsRun(job),
  },
  resume: {
    label: "Resume",
    act: "resume",
    body: {},
    consequence: () => "The same run goes on as soon as its turn comes. Nothing is read twice.",
    why: (job) => (job.state === "PAUSED" ? null : "It is not paused."),
  },
  stop: {
    label: "Stop",
    act: "stop",
    body: { mode: "page" },
    consequence: (job) => `It ends after the page that is being stored. ${kept(job)} The next run goes on from there.`,
    why: needsRun,
    danger: true,
  },
  stopNow: {
    label: "Stop at once",
    act: "stop",
    body: { mode: "now" },
    consequence: (job) => `The page under way is given up, and read again by the next run. ${kept(job)}`,
    why: needsRun,
    danger: true,
  },
  activate: {
    label: "Activate",
    act: "activate",
    body: {},
    consequence: () =>
      "It is the next, and alone: all other runs hold after their page and go on by themselves when it has ended.",
    why: (job) =>
      job.state === "PAUSED" ? "It is paused: resume it." : job.activated ? "It is activated already." : null,
  },
};
