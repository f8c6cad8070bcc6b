import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { renewSession } from "@/api/client";
import { jobsQuery } from "@/api/jobs";
import { runQuery } from "@/api/runs";
import type {
  BudgetChange, BudgetGauge, Job, JobChange, RunChange, RunReport, Snapshot, StreamChange,
} from "@/api/types";
import { type Line, type LiveEvent, listenTogether } from "./events";
import { gaugesQuery, paceQuery, type Pace } from "./observed";

let line: Line = "connecting";
let announced = "";
const listeners = new Set<() => void>();

function changed() {
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether events come. */
export function useLine(): Line {
  return useSyncExternalStore(subscribe, () => line);
}

/** The last change of a state in words, for screen readers; counters are never announced. */
export function useAnnouncement(): string {
  return useSyncExternalStore(subscribe, () => announced);
}

/** While no events come, the jobs are asked for instead, less often. */
export const pollingJobsQuery = (current: Line) =>
  queryOptions({ ...jobsQuery, refetchInterval: current === "live" ? false : 5_000 });

/** Keeps what the pages know as fresh as the services tell, until it is ended. */
export function followEvents(client: QueryClient): () => void {
  const versions = new Map<string, number>();
  return listenTogether(() => new EventSource("/api/etl/events"), renewSession, {
    line(now) {
      line = now;
      changed();
    },
    event: (event) => apply(client, versions, event),
  });
}

function apply(client: QueryClient, versions: Map<string, number>, { name, data }: LiveEvent) {
  const isNews = (key: string) => {
    if (data.version < (versions.get(key) ?? 0)) return false;
    versions.set(key, data.version);
    return true;
  };
  switch (name) {
    case "snapshot":
      versions.clear();
      return takeSnapshot(client, data as unknown as Snapshot);
    case "job": {
      const change = data as unknown as JobChange;
      if (isNews(`job ${change.jobId}`)) takeJob(client, change);
      return;
    }
    case "run": {
      const change = data as unknown as RunChange;
      if (isNews(`run ${change.runId}`)) takeRun(client, change);
      return;
    }
    case "stream": {
      const change = data as unknown as StreamChange;
      if (isNews(`stream ${change.runId} ${change.stream.stream}`)) takeStream(client, change);
      return;
    }
    case "budget": {
      const change = data as unknown as BudgetChange;
      if (isNews(`budget ${change.budget.budgetKey} ${change.budget.resource}`)) takeBudget(client, change);
    }
  }
}

function takeSnapshot(client: QueryClient, snapshot: Snapshot) {
  client.setQueryData(jobsQuery.queryKey, snapshot.jobs);
  for (const report of snapshot.runs) client.setQueryData(runQuery(report.run.id).queryKey, report);
  client.setQueryData(gaugesQuery.queryKey, snapshot.budgets);
  const going = new Set(snapshot.runs.map((report) => report.run.id));
  for (const [key, report] of client.getQueriesData<RunReport>({ queryKey: ["run"] })) {
    if (key[2] === "progress" && report && !report.run.endedAt && !going.has(report.run.id)) {
      void client.invalidateQueries({ queryKey: ["run", report.run.id] });
    }
  }
}

function takeJob(client: QueryClient, { jobId, job }: JobChange) {
  const before = client.getQueryData(jobsQuery.queryKey)?.find((each) => each.id === jobId);
  client.setQueryData<Job[]>(jobsQuery.queryKey, (jobs) => {
    if (!jobs) return jobs;
    if (!job) return jobs.filter((each) => each.id !== jobId);
    return jobs.some((each) => each.id === jobId)
      ? jobs.map((each) => (each.id === jobId ? job : each))
      : [...jobs, job];
  });
  if (job && before?.state === job.state && before.runId === job.runId) return;
  if (job) {
    announced = `${job.name}: ${job.state.toLowerCase().replace("_", " ")}`;
    changed();
  }
  for (const key of [["job", jobId], ["runs"], ["orchestrator"], ["overview"]]) {
    void client.invalidateQueries({ queryKey: key });
  }
}

function takeRun(client: QueryClient, { runId, run, progress }: RunChange) {
  const key = runQuery(runId).queryKey;
  const before = client.getQueryData(key);
  if (before) client.setQueryData<RunReport>(key, { ...before, run, progress });
  client.setQueryData<Pace[]>(paceQuery(runId).queryKey, (known = []) => [
    ...known.slice(-899),
    { at: Date.now(), rowsPerSecond: progress.rowsPerSecond },
  ]);
  if (before && before.run.state !== run.state) void client.invalidateQueries({ queryKey: ["run", runId] });
}

function takeStream(client: QueryClient, { runId, stream }: StreamChange) {
  client.setQueryData<RunReport>(runQuery(runId).queryKey, (report) =>
    report && {
      ...report,
      streams: report.streams.map((each) => (each.stream === stream.stream ? stream : each)),
    },
  );
}

function takeBudget(client: QueryClient, { jobIds, budget }: BudgetChange) {
  client.setQueryData<BudgetGauge[]>(gaugesQuery.queryKey, (known = []) => {
    const same = (gauge: BudgetGauge) =>
      gauge.budget.budgetKey === budget.budgetKey && gauge.budget.resource === budget.resource;
    return [...known.filter((gauge) => !same(gauge)), { jobIds, budget }];
  });
}
