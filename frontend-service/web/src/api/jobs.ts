import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, sent } from "./client";
import type {
  Checkpoint, Control, Coverage, ErrorKind, Job, List, Rewinding, Run, Schedule, ScheduleInput, Steered, Vanished,
} from "./types";

/** All jobs; live events keep them fresh while they come, asking again does otherwise. */
export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: async () => (await sent<List<Job>>(api.GET("/api/etl/jobs"))).items,
  staleTime: 15_000,
});

const of = (id: number) => ({ params: { path: { id } } });

export const jobRunsQuery = (id: number, limit = 20) =>
  queryOptions({
    queryKey: ["job", id, "runs", limit],
    queryFn: () =>
      sent<List<Run>>(api.GET("/api/etl/jobs/{id}/runs", { params: { path: { id }, query: { limit } } })),
    staleTime: 60_000,
  });

export const checkpointsQuery = (id: number) =>
  queryOptions({
    queryKey: ["job", id, "checkpoints"],
    queryFn: async () => (await sent<List<Checkpoint>>(api.GET("/api/etl/jobs/{id}/checkpoints", of(id)))).items,
  });

export const scheduleQuery = (id: number) =>
  queryOptions({
    queryKey: ["job", id, "schedule"],
    queryFn: () => sent<Schedule>(api.GET("/api/etl/jobs/{id}/schedule", of(id))),
  });

export const coverageQuery = (id: number) =>
  queryOptions({
    queryKey: ["job", id, "coverage"],
    queryFn: () => sent<Coverage>(api.GET("/api/etl/jobs/{id}/coverage", of(id))),
  });

export const jobErrorsQuery = (id: number) =>
  queryOptions({
    queryKey: ["job", id, "errors"],
    queryFn: async () => (await sent<List<ErrorKind>>(api.GET("/api/etl/jobs/{id}/errors", of(id)))).items,
  });

export const vanishedQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ["job", id, "vanished"],
    queryFn: ({ pageParam }) =>
      sent<List<Vanished>>(
        api.GET("/api/etl/jobs/{id}/vanished", { params: { path: { id }, query: { limit: 100, ...pageParam } } }),
      ),
    initialPageParam: {} as { cursor?: string },
    getNextPageParam: ({ next }) => (next ? { cursor: next } : undefined),
  });

/** What somebody has looked at before saying that it is gone: so many rows of a stream, up to this id. */
export interface Seen {
  stream: string;
  upTo: number;
  rows: number;
}

export const approveVanished = (id: number, seen: Seen, reason: string | undefined) =>
  sent<{ rows: number }>(
    api.POST("/api/etl/jobs/{id}/vanished/approve", { ...of(id), body: { ...seen, ...(reason ? { reason } : {}) } }),
  );

export const rejectVanished = (id: number, reason: string | undefined) =>
  sent<{ rows: number }>(
    api.POST("/api/etl/jobs/{id}/vanished/reject", { ...of(id), body: reason ? { reason } : {} }),
  );

export type Act = "start" | "pause" | "resume" | "stop" | "activate";

export function steer(id: number, act: Act, control: Control): Promise<Steered> {
  const request = { ...of(id), body: control };
  switch (act) {
    case "start":
      return sent(api.POST("/api/etl/jobs/{id}/start", request));
    case "pause":
      return sent(api.POST("/api/etl/jobs/{id}/pause", request));
    case "resume":
      return sent(api.POST("/api/etl/jobs/{id}/resume", request));
    case "stop":
      return sent(api.POST("/api/etl/jobs/{id}/stop", request));
    case "activate":
      return sent(api.POST("/api/etl/jobs/{id}/activate", request));
  }
}

export const saveSchedule = (id: number, body: ScheduleInput) =>
  sent<Schedule>(api.PUT("/api/etl/jobs/{id}/schedule", { ...of(id), body }));

export const previewSchedule = (id: number, body: ScheduleInput) =>
  sent<Schedule>(api.POST("/api/etl/jobs/{id}/schedule/preview", { ...of(id), body }));

export const rewind = (id: number, to: string, reason: string, stream?: string) =>
  sent<Rewinding>(
    api.POST("/api/etl/jobs/{id}/checkpoints/rewind", { ...of(id), body: { to, reason, ...(stream ? { stream } : {}) } }),
  );
