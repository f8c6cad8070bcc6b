import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, sent } from "./client";
import type {
  Alert, AlertInput, AlertView, AuditEvent, Control, Invited, List, LogFile, OneTimeLink, Orchestrator, Quarantined,
  QuarantinedDetail, RecentLog, RoleName, RoleView, Settings, SettingsInput, User,
} from "./types";

const of = (id: number) => ({ params: { path: { id } } });
const first = { initialPageParam: {} as { cursor?: string } };
const next = ({ next }: List<unknown>) => (next ? { cursor: next } : undefined);

// The orchestrator
export const orchestratorQuery = queryOptions({
  queryKey: ["orchestrator"],
  queryFn: () => sent<Orchestrator>(api.GET("/api/etl/orchestrator")),
  refetchInterval: 30_000,
});

export function steerOrchestrator(act: "start" | "pause" | "resume", body: Control): Promise<Orchestrator> {
  if (act === "pause") return sent(api.POST("/api/etl/orchestrator/pause", { body }));
  if (act === "resume") return sent(api.POST("/api/etl/orchestrator/resume", { body }));
  return sent(api.POST("/api/etl/orchestrator/start", { body }));
}

export const saveSettings = (body: SettingsInput) =>
  sent<Settings>(api.PUT("/api/etl/orchestrator/settings", { body }));

// What could not be read
export const quarantineQuery = (connection: number | undefined) =>
  infiniteQueryOptions({
    queryKey: ["quarantine", connection ?? "all"],
    queryFn: ({ pageParam }) => quarantinePage(connection, pageParam),
    ...first,
    getNextPageParam: next,
  });

export const quarantinePage = (connection: number | undefined, page: { cursor?: string }) =>
  sent<List<Quarantined>>(
    api.GET("/api/etl/quarantine", { params: { query: { limit: 200, ...page, ...(connection ? { connection } : {}) } } }),
  );

export const quarantinedQuery = (id: number) =>
  queryOptions({
    queryKey: ["quarantine", "entry", id],
    queryFn: () => sent<QuarantinedDetail>(api.GET("/api/etl/quarantine/{id}", of(id))),
  });

export const retryQuarantined = (id: number) =>
  sent<void>(api.POST("/api/etl/quarantine/{id}/retry", { ...of(id), body: {} }));

// Logs
export interface LogsFilter {
  level?: "ERROR" | "WARN" | "INFO" | "DEBUG" | "TRACE" | undefined;
  text?: string | undefined;
  run?: number | undefined;
}

export const recentLogQuery = (filter: LogsFilter) =>
  queryOptions({
    queryKey: ["logs", "recent", filter],
    queryFn: () => {
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) as Record<string, never>;
      return sent<RecentLog>(api.GET("/api/etl/logs/recent", { params: { query: { limit: 200, ...given } } }));
    },
  });

export const logFilesQuery = queryOptions({
  queryKey: ["logs", "files"],
  queryFn: async () => (await sent<List<LogFile>>(api.GET("/api/etl/logs/files"))).items,
});

export const cleanLogs = (olderThanDays: number) =>
  sent<{ deleted: string[]; bytes: number }>(api.POST("/api/etl/logs/cleanup", { body: { olderThanDays } }));

// Alerts
export const alertsQuery = queryOptions({
  queryKey: ["alerts"],
  queryFn: async () => (await sent<List<Alert>>(api.GET("/api/etl/alerts"))).items,
});

export const alertQuery = (id: number) =>
  queryOptions({
    queryKey: ["alerts", id],
    queryFn: () => sent<AlertView>(api.GET("/api/etl/alerts/{id}", of(id))),
  });

export const saveAlert = (id: number | null, body: AlertInput) =>
  id === null
    ? sent<Alert>(api.POST("/api/etl/alerts", { body }))
    : sent<Alert>(api.PUT("/api/etl/alerts/{id}", { ...of(id), body }));

export const deleteAlert = (id: number) => sent<void>(api.DELETE("/api/etl/alerts/{id}", of(id)));

export const testAlert = (id: number) =>
  sent<{ delivered: boolean; detail: string }>(api.POST("/api/etl/alerts/{id}/test", of(id)));

// People
export const usersQuery = infiniteQueryOptions({
  queryKey: ["users"],
  queryFn: ({ pageParam }) =>
    sent<List<User>>(api.GET("/api/users", { params: { query: { limit: 200, ...pageParam } } })),
  initialPageParam: {} as { cursor?: number },
  getNextPageParam: ({ next }) => (next ? { cursor: Number(next) } : undefined),
});

export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: async () => (await sent<List<RoleView>>(api.GET("/api/roles"))).items,
  staleTime: Infinity,
});

export const invite = (email: string, name: string, role: RoleName) =>
  sent<Invited>(api.POST("/api/users", { body: { email, name, role } }));

export const changeUser = (user: User, name: string, role: RoleName) =>
  sent<User>(
    api.PUT("/api/users/{id}", {
      ...of(user.id),
      body: { name, role, version: user.version, ...(user.connections ? { connections: user.connections } : {}) },
    }),
  );

export const setActive = (id: number, active: boolean) =>
  active
    ? sent<User>(api.POST("/api/users/{id}/activate", of(id)))
    : sent<User>(api.POST("/api/users/{id}/deactivate", of(id)));

export const resetUser = (id: number) => sent<OneTimeLink>(api.POST("/api/users/{id}/reset", of(id)));

export const endUserSessions = (id: number) => sent<void>(api.DELETE("/api/users/{id}/sessions", of(id)));

// Audit: the gateway keeps what concerns access, the engine what concerns jobs and connections, and reads both.
export type Book = "access" | "engine";

const keptBy = { access: "backend-service", engine: "etl-service" } as const;

export const auditQuery = (book: Book) =>
  infiniteQueryOptions({
    queryKey: ["audit", book],
    queryFn: ({ pageParam }) => auditPage(book, pageParam),
    ...first,
    getNextPageParam: next,
  });

export const auditPage = (book: Book, page: { cursor?: string }) =>
  sent<List<AuditEvent>>(api.GET("/api/audit", { params: { query: { limit: 200, source: keptBy[book], ...page } } }));
