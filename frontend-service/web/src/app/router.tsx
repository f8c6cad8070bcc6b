import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect,
} from "@tanstack/react-router";
import { Problem } from "@/api/problem";
import { profileQuery } from "@/api/session";
import { LoginPage } from "@/pages/login";
import { PasswordPage } from "@/pages/password";
import { WelcomePage } from "@/pages/welcome";
import { FailedPage, MissingPage } from "./fallbacks";
import * as search from "./search";
import { Shell } from "./shell";

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Outlet });

/** Who is signed in; everybody else goes to the entrance, and from there to where they wanted. */
async function requireUser(client: QueryClient, here: string) {
  try {
    return await client.ensureQueryData(profileQuery);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) {
      throw redirect({ to: "/login", search: here === "/" ? {} : { redirect: here } });
    }
    throw problem;
  }
}

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  component: LoginPage,
  validateSearch: search.entrance,
});
const welcome = createRoute({ getParentRoute: () => root, path: "/welcome", component: WelcomePage });
const password = createRoute({
  getParentRoute: () => root,
  path: "/password",
  component: PasswordPage,
  validateSearch: search.entrance,
  beforeLoad: async ({ context, location }) => {
    await requireUser(context.client, location.href);
  },
});

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const { user } = await requireUser(context.client, location.href);
    if (user.passwordTemporary) throw redirect({ to: "/password", search: { redirect: location.href } });
  },
});
const under = { getParentRoute: () => inside };

const pages = [
  createRoute({
    ...under,
    path: "/",
    component: lazyRouteComponent(() => import("@/pages/overview"), "OverviewPage"),
  }),
  createRoute({
    ...under,
    path: "/jobs",
    validateSearch: search.jobs,
    component: lazyRouteComponent(() => import("@/pages/jobs"), "JobsPage"),
  }),
  createRoute({
    ...under,
    path: "/jobs/runs/$runId",
    params: { parse: ({ runId }) => ({ runId: Number(runId) }), stringify: ({ runId }) => ({ runId: `${runId}` }) },
    validateSearch: search.run,
    component: lazyRouteComponent(() => import("@/pages/run"), "RunPage"),
  }),
  createRoute({
    ...under,
    path: "/jobs/history",
    validateSearch: search.history,
    component: lazyRouteComponent(() => import("@/pages/history"), "HistoryPage"),
  }),
  createRoute({
    ...under,
    path: "/connections",
    validateSearch: search.connections,
    component: lazyRouteComponent(() => import("@/pages/connections"), "ConnectionsPage"),
  }),
  createRoute({
    ...under,
    path: "/connections/new",
    component: lazyRouteComponent(() => import("@/pages/new-connection"), "ChooseSourcePage"),
  }),
  createRoute({
    ...under,
    path: "/connections/new/$type",
    component: lazyRouteComponent(() => import("@/pages/new-connection"), "NewConnectionPage"),
  }),
  createRoute({
    ...under,
    path: "/quarantine",
    validateSearch: search.quality,
    component: lazyRouteComponent(() => import("@/pages/quarantine"), "QuarantinePage"),
  }),
  createRoute({
    ...under,
    path: "/logs",
    validateSearch: search.logs,
    component: lazyRouteComponent(() => import("@/pages/logs"), "LogsPage"),
  }),
  createRoute({
    ...under,
    path: "/users",
    validateSearch: search.users,
    component: lazyRouteComponent(() => import("@/pages/users"), "UsersPage"),
  }),
  createRoute({
    ...under,
    path: "/access",
    component: lazyRouteComponent(() => import("@/pages/access"), "AccessPage"),
  }),
  createRoute({
    ...under,
    path: "/audit",
    validateSearch: search.audit,
    component: lazyRouteComponent(() => import("@/pages/audit"), "AuditPage"),
  }),
  createRoute({
    ...under,
    path: "/settings",
    validateSearch: search.settings,
    component: lazyRouteComponent(() => import("@/pages/settings"), "SettingsPage"),
  }),
] as const;

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([login, welcome, password, inside.addChildren(pages)]),
    context: { client },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultNotFoundComponent: MissingPage,
    defaultErrorComponent: FailedPage,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
