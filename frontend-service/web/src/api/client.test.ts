import { expect, it, vi } from "vitest";
import { gateway } from "@/test/gateway";
import { api, sent, whenSessionIsOver } from "./client";
import { Problem } from "./problem";

it("renews the session once and asks again when the access cookie has expired", async () => {
  let fresh = false;
  const { asked } = gateway({
    "GET /api/sessions": () => (fresh ? { body: { items: [], next: null } } : { status: 401, body: {} }),
    "POST /api/auth/refresh": () => {
      fresh = true;
      return { status: 204 };
    },
  });

  const answer = await sent(api.GET("/api/sessions"));

  expect(answer).toEqual({ items: [], next: null });
  expect(asked).toEqual(["GET /api/sessions", "POST /api/auth/refresh", "GET /api/sessions"]);
});

it("renews once for all requests that were refused together", async () => {
  let fresh = false;
  const { asked } = gateway({
    "GET /api/sessions": () => (fresh ? { body: { items: [], next: null } } : { status: 401, body: {} }),
    "POST /api/auth/refresh": async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      fresh = true;
      return { status: 204 };
    },
  });

  await Promise.all([sent(api.GET("/api/sessions")), sent(api.GET("/api/sessions"))]);

  expect(asked.filter((each) => each.includes("refresh"))).toHaveLength(1);
});

it("says that the session is over when it cannot be renewed", async () => {
  const over = vi.fn();
  whenSessionIsOver(over);
  gateway({ "GET /api/sessions": { status: 401, body: {} }, "POST /api/auth/refresh": { status: 401, body: {} } });

  await expect(sent(api.GET("/api/sessions"))).rejects.toThrow(Problem);
  expect(over).toHaveBeenCalledOnce();
});

it("does not take a wrong password for a session that is over", async () => {
  const over = vi.fn();
  whenSessionIsOver(over);
  gateway({ "POST /api/auth/login": { status: 401, body: { title: "Wrong", code: "BAD_CREDENTIALS" } } });

  await expect(sent(api.POST("/api/auth/login", { body: { email: "a", password: "b" } }))).rejects.toThrow("Wrong");
  expect(over).not.toHaveBeenCalled();
});

it("gives the words of the service, the field, the remedy and the id", async () => {
  gateway({
    "POST /api/users": {
      status: 400,
      body: { title: "Not understood", code: "BAD", remedy: "Mend it.", requestId: "r1", errors: [{ field: "email", message: "is none" }] },
    },
  });

  const failure = await sent(api.POST("/api/users", { body: { email: "x", name: "x", role: "VIEWER" } })).catch((problem: unknown) => problem);

  expect(failure).toMatchObject({ status: 400, code: "BAD", remedy: "Mend it.", requestId: "r1", fields: { email: "is none" } });
});

it("says so when nothing answers at all", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));

  await expect(sent(api.GET("/api/sessions"))).rejects.toMatchObject({ code: "UNREACHABLE" });
});
