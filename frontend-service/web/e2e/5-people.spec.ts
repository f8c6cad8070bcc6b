import { administrator, ask, expect, signIn, test } from "./people";

test("somebody who is invited chooses a password, and may do what the role says", async ({ asAdministrator: page, browser, baseURL }) => {
  await page.goto("/users");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const email = `jo-${Date.now()}@acme.example`;
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Name").fill("Jo");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const link = await page.getByRole("dialog").locator("code").innerText();

  const other = await browser.newContext({ baseURL: baseURL ?? "" });
  const guest = await other.newPage();
  const { pathname, hash } = new URL(link);
  await guest.goto(pathname + hash);
  await guest.getByLabel("New password").fill("a quiet river in june 41");
  await guest.getByRole("button", { name: "Use this password" }).click();
  await guest.getByLabel("E-mail").fill(email);
  await guest.getByLabel("Password", { exact: true }).fill("a quiet river in june 41");
  await guest.getByRole("button", { name: "Sign in" }).click();
  await expect(guest.getByRole("heading", { name: "Overview" })).toBeVisible();

  await guest.goto("/jobs");
  await expect(guest.getByRole("button", { name: "Pause all" })).toHaveAccessibleDescription("This takes the role Operator.");
  await expect(guest.getByRole("link", { name: "Audit" })).toHaveCount(0);
  await guest.goto("/audit");
  await expect(guest.getByRole("alert")).toBeVisible();
  await other.close();
});

test("a session that is over is renewed by signing in, without losing what was typed", async ({ asAdministrator: page, context, playwright, baseURL }) => {
  await page.goto("/connections/new/github");
  await page.getByLabel("Name", { exact: true }).fill("What I was typing");
  const elsewhere = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  await signIn(elsewhere, administrator.email, administrator.password);
  await elsewhere.delete("/api/sessions", { headers: { "X-Pulse-Request": "1" } });
  await elsewhere.dispose();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("jobs");
  await page.keyboard.press("Escape");
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(async () => {
    await context.request.get("/api/auth/profile");
    await expect(page.getByRole("dialog", { name: "Your session is over" })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });

  const dialog = page.getByRole("dialog", { name: "Your session is over" });
  await dialog.getByLabel("Password", { exact: true }).fill(administrator.password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("What I was typing");
});

test("signing out ends it", async ({ asAdministrator: page, context }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Pulse" })).toBeVisible();
  expect((await context.request.get("/api/auth/profile")).status()).toBe(401);
  await expect(ask(context, "GET", "/api/etl/jobs")).rejects.toThrow();
});
