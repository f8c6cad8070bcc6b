import { ask, expect, test } from "./people";

interface Jobs {
  items: { id: number; name: string; state: string }[];
}

test("a job is paused, is not started by its schedule, and goes on", async ({ asAdministrator: page, context }) => {
  const { items } = await ask<Jobs>(context, "GET", "/api/etl/jobs");
  const job = items.find((each) => each.state === "FINISHED") ?? items[0];
  const name = job?.name ?? "";
  await page.goto("/jobs");
  const row = page.getByRole("row").filter({ hasText: name });

  await row.getByRole("button", { name: `More for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Pause", exact: true }).click();
  await page.getByLabel("Why (optional)").fill("the source is being moved");
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(row.getByText("Paused", { exact: true })).toBeVisible();

  await row.getByRole("button", { name: `Resume ${name}` }).click();
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await expect(row.getByText(/Queued|Running|Up to date/)).toBeVisible();
});

test("all jobs are paused and go on, and the pages say so meanwhile", async ({ asAdministrator: page }) => {
  await page.goto("/jobs");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Pause all" }).click();
  await page.getByLabel("Why (optional)").fill("new version");
  await page.getByRole("dialog").getByRole("button", { name: "Pause all" }).click();
  await expect(page.getByText(/All jobs are paused .*: new version/)).toBeVisible();

  await page.goto("/");
  const note = page.getByText(/All jobs are paused .*: new version/);
  await expect(note).toBeVisible();
  await page.getByRole("button", { name: "End the pause" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
  await expect(note).toBeHidden();
});

test("a schedule shows its next five times before it is saved", async ({ asAdministrator: page }) => {
  await page.goto("/jobs");
  await page.getByRole("button", { name: /^More for/ }).first().click();
  await page.getByRole("menuitem", { name: "Schedule…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("How often").selectOption("cron");
  await expect(dialog.getByRole("listitem")).toHaveCount(5);
  await dialog.getByLabel("Cron expression").fill("every day");
  await expect(dialog.getByRole("alert")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("everything is reached by the keyboard", async ({ asAdministrator: page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("audit");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Audit" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("j");
  await expect(page.getByRole("heading", { name: "Jobs" })).toBeVisible();
});
