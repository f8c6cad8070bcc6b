import { queryOptions } from "@tanstack/react-query";
import { api, sent } from "./client";
import type { List, MadeToken, Profile, ScriptToken, SessionView } from "./types";

export const profileQuery = queryOptions({
  queryKey: ["profile"],
  queryFn: () => sent<Profile>(api.GET("/api/auth/profile")),
  staleTime: 60_000,
  retry: false,
});

export const signIn = (email: string, password: string) =>
  sent<Profile>(api.POST("/api/auth/login", { body: { email, password } }));

export const signOut = () => sent<void>(api.POST("/api/auth/logout"));

export const changePassword = (current: string, password: string) =>
  sent<void>(api.PUT("/api/auth/password", { body: { current, password } }));

export const redeemLink = (token: string, password: string) =>
  sent<void>(api.POST("/api/auth/link", { body: { token, password } }));

export const rename = (name: string) => sent<Profile>(api.PATCH("/api/auth/profile", { body: { name } }));

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: async () => (await sent<List<SessionView>>(api.GET("/api/sessions"))).items,
});

export const endSession = (id: string) =>
  sent<void>(api.DELETE("/api/sessions/{id}", { params: { path: { id } } }));

export const endOtherSessions = () => sent<void>(api.DELETE("/api/sessions"));

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: async () => (await sent<List<ScriptToken>>(api.GET("/api/tokens"))).items,
});

export const makeToken = (name: string, days: number, permissions: string[]) =>
  sent<MadeToken>(api.POST("/api/tokens", { body: { name, days, permissions } }));

export const withdrawToken = (id: number) =>
  sent<void>(api.DELETE("/api/tokens/{id}", { params: { path: { id } } }));
