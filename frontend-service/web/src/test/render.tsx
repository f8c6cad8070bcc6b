import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactElement } from "react";
import { profileQuery } from "@/api/session";
import type { Profile } from "@/api/types";
import { TipProvider } from "@/components/tip";

export function profile(permissions: string[]): Profile {
  return {
    permissions,
    insecure: false,
    user: {
      id: 1,
      email: "ada@acme.example",
      name: "Ada",
      role: "VIEWER",
      active: true,
      invited: false,
      passwordTemporary: false,
      secondFactor: false,
      connections: null,
      createdAt: "2026-01-01T00:00:00Z",
      version: 1,
    },
  };
}

/** Renders what somebody with these permissions sees. */
export function show(element: ReactElement, permissions: string[] = []) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(profileQuery.queryKey, profile(permissions));
  const view = render(
    <QueryClientProvider client={client}>
      <TipProvider>{element}</TipProvider>
    </QueryClientProvider>,
  );
  return { ...view, client };
}
