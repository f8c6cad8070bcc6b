import { queryOptions } from "@tanstack/react-query";
import { api, sent } from "./client";
import type {
  Budget, Check, Connection, ConnectionInput, Connector, Estimate, List, ScopeElement, Source,
} from "./types";

const of = (id: number) => ({ params: { path: { id } } });

export const connectorsQuery = queryOptions({
  queryKey: ["connectors"],
  queryFn: async () => (await sent<List<Connector>>(api.GET("/api/etl/connectors"))).items,
  staleTime: Infinity,
});

export const connectionsQuery = queryOptions({
  queryKey: ["connections"],
  queryFn: async () =>
    (await sent<List<Connection>>(api.GET("/api/etl/connections", { params: { query: { limit: 200 } } }))).items,
});

export const sourcesQuery = queryOptions({
  queryKey: ["sources"],
  queryFn: async () => (await sent<List<Source>>(api.GET("/api/etl/sources"))).items,
  refetchInterval: 30_000,
});

export const budgetsQuery = queryOptions({
  queryKey: ["budgets"],
  queryFn: async () => (await sent<List<Budget>>(api.GET("/api/etl/budgets"))).items,
  refetchInterval: 30_000,
});

export const checkInput = (body: ConnectionInput) => sent<Check>(api.POST("/api/etl/connections/check", { body }));

export const checkConnection = (id: number) => sent<Check>(api.POST("/api/etl/connections/{id}/check", of(id)));

export const discover = (body: ConnectionInput, query: string) =>
  sent<List<ScopeElement>>(
    api.POST("/api/etl/connections/discover", { body, params: { query: { limit: 50, ...(query ? { query } : {}) } } }),
  );

export const estimate = (body: ConnectionInput) =>
  sent<Estimate>(api.POST("/api/etl/connections/estimate", { body }));

export const createConnection = (body: ConnectionInput) =>
  sent<Connection>(api.POST("/api/etl/connections", { body }));

export const updateConnection = (id: number, body: ConnectionInput) =>
  sent<Connection>(api.PUT("/api/etl/connections/{id}", { ...of(id), body }));

export const deleteConnection = (id: number, reason: string | undefined) =>
  sent<void>(
    api.DELETE("/api/etl/connections/{id}", { params: { path: { id }, query: reason ? { reason } : {} } }),
  );
