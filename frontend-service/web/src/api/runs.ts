import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, sent } from "./client";
import type { List, PartitionProgress, Run, RunEvent, RunLogLine, RunReport } from "./types";

const of = (id: number) => ({ params: { path: { id } } });

export const runsQuery = infiniteQueryOptions({
  queryKey: ["runs"],
  queryFn: ({ pageParam }) => runsPage(pageParam),
  initialPageParam: {} as { cursor?: string },
  getNextPageParam: ({ next }) => (next ? { cursor: next } : undefined),
});

export const runsPage = (page: { cursor?: string }) =>
  sent<List<Run>>(api.GET("/api/etl/runs", { params: { query: { limit: 200, ...page } } }));

/** The run, its sum and its streams; events keep it fresh while the run goes on. */
export const runQuery = (id: number) =>
  queryOptions({
    queryKey: ["run", id, "progress"],
    queryFn: () => sent<RunReport>(api.GET("/api/etl/runs/{id}/progress", of(id))),
    staleTime: 15_000,
  });

export const partitionsQuery = (id: number) =>
  queryOptions({
    queryKey: ["run", id, "partitions"],
    queryFn: async () => (await sent<List<PartitionProgress>>(api.GET("/api/etl/runs/{id}/streams", of(id)))).items,
  });

export const runEventsQuery = (id: number) =>
  queryOptions({
    queryKey: ["run", id, "events"],
    queryFn: async () =>
      (
        await sent<List<RunEvent>>(
          api.GET("/api/etl/runs/{id}/events", { params: { path: { id }, query: { limit: 200 } } }),
        )
      ).items,
  });

export interface LogFilter {
  level?: "ERROR" | "WARN" | "INFO" | "DEBUG" | "TRACE" | undefined;
  text?: string | undefined;
  stream?: string | undefined;
}

export const runLogQuery = (id: number, filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: ["run", id, "log", filter],
    queryFn: ({ pageParam }) =>
      sent<List<RunLogLine>>(
        api.GET("/api/etl/runs/{id}/log", {
          params: { path: { id }, query: { limit: 200, ...given(filter), ...pageParam } },
        }),
      ),
    initialPageParam: {} as { cursor?: string },
    getNextPageParam: ({ next }) => (next ? { cursor: next } : undefined),
  });

function given(filter: LogFilter) {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) as Record<string, never>;
}
