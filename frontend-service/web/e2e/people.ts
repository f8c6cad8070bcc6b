import { type APIRequestContext, type BrowserContext, expect, type Page, test as base } from "@playwright/test";

export const administrator = { email: "admin@localhost", password: "correct horse battery staple 9" };
const headers = { "X-Pulse-Request": "1" };

export const signIn = async (request: APIRequestContext, email: string, password: string) => {
  const answer = await request.post("/api/auth/login", { headers, data: { email, password } });
  expect(answer.status(), await answer.text()).toBe(200);
};

/** Asks the API as whoever is signed in. */
export async function ask<T>(context: BrowserContext, method: string, path: string, data?: unknown): Promise<T> {
  const answer = await context.request.fetch(path, { method, headers, ...(data === undefined ? {} : { data }) });
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  const body = await answer.text();
  return (body ? JSON.parse(body) : null) as T;
}

/** A page on which whatever the browser complains about fails the test: a broken policy, an error, a warning. */
export const test = base.extend<{ page: Page; asAdministrator: Page }>({
  page: async ({ page }, hand) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      const text = message.text();
      const told = /Failed to load resource/.test(text); // an answer that is an error; the page says so itself
      if (["error", "warning"].includes(message.type()) && !told) complaints.push(text);
    });
    await hand(page);
    expect(complaints).toEqual([]);
  },
  asAdministrator: async ({ page, context }, hand) => {
    await signIn(context.request, administrator.email, administrator.password);
    await hand(page);
  },
});

export { expect };
