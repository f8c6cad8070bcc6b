import type { Job, Orchestrator, Quarantined, Source } from "@/api/types";
import type { Tone } from "@/components/status";
import { count, plural } from "@/lib/format";

export interface Matter {
  id: string;
  tone: Tone;
  what: string;
  /** What can be done, or what will happen by itself. */
  next: string;
  to: "run" | "jobs" | "connections" | "quarantine";
  run?: number;
  connection?: number;
}

/** How long ago the last success may be before data count as late: two intervals of all jobs. */
export function isLate(job: Job, orchestrator: Orchestrator | undefined, now: number): boolean {
  if (!job.lastSuccess || !orchestrator || job.state === "PAUSED") return false;
  return now - Date.parse(job.lastSuccess) > 2_000 * orchestrator.settings.intervalSeconds;
}

/** What needs a person, the worst first. */
export function attention(
  jobs: readonly Job[],
  orchestrator: Orchestrator | undefined,
  sources: readonly Source[],
  quarantined: { items: readonly Quarantined[]; more: boolean },
  now: number,
): Matter[] {
  const matters: Matter[] = [];
  for (const job of jobs.filter((each) => each.state === "FAILED")) {
    matters.push({
      id: `failed ${job.id}`,
      tone: "bad",
      what: `${job.name}: ${job.error?.message ?? "the last run failed"}`,
      next: job.error?.remedy ?? "Look into the run.",
      to: job.runId ? "run" : "jobs",
      ...(job.runId ? { run: job.runId } : {}),
    });
  }
  for (const source of sources.filter((each) => each.state === "DOWN")) {
    matters.push({
      id: `down ${source.origin}`,
      tone: "warn",
      what: `${source.origin} does not answer${source.lastFailure ? `: ${source.lastFailure}` : ""}`,
      next: "It is asked again by itself; runs go on as soon as it answers.",
      to: "connections",
    });
  }
  for (const job of jobs.filter((each) => each.state !== "FAILED" && isLate(each, orchestrator, now))) {
    matters.push({
      id: `late ${job.id}`,
      tone: "warn",
      what: `${job.name} is late: its last whole reading is longer ago than two intervals`,
      next: job.reason ?? "See how far its run is.",
      to: job.runId ? "run" : "jobs",
      ...(job.runId ? { run: job.runId } : {}),
    });
  }
  const byConnection = new Map<number, number>();
  for (const entry of quarantined.items) {
    byConnection.set(entry.connectionId, (byConnection.get(entry.connectionId) ?? 0) + 1);
  }
  for (const [connection, records] of byConnection) {
    const name = jobs.find((job) => job.id === connection)?.name ?? `Connection ${connection}`;
    matters.push({
      id: `quarantine ${connection}`,
      tone: "warn",
      what: `${name}: ${quarantined.more ? `${count(records)} or more records` : plural(records, "record")} could not be read`,
      next: "They are kept apart with the reason, and can be tried again.",
      to: "quarantine",
      connection,
    });
  }
  return matters;
}
