import { administrator, expect, test } from "./people";

test("the first login asks for a password of one's own and goes on to where one wanted", async ({ page }) => {
  await page.goto("/jobs?state=FAILED");
  await expect(page).toHaveURL(/\/login\?redirect=/);
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(process.env["PULSE_PASSWORD"] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();

  await expect(page.getByRole("heading", { name: "Choose a password" })).toBeVisible();
  await page.getByLabel("Current password").fill(process.env["PULSE_PASSWORD"] ?? "");
  await page.getByLabel("New password").fill(administrator.password);
  await page.getByRole("button", { name: "Use this password" }).click();

  await expect(page.getByRole("heading", { name: "Jobs" })).toBeVisible();
  await expect(page).toHaveURL(/state=FAILED/);
});

test("a wrong password is told of in words that do not say which of the two was wrong", async ({ page }) => {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill("nobody@acme.example");
  await page.getByLabel("Password", { exact: true }).fill("wrong wrong wrong");
  await page.keyboard.press("Enter");

  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page).toHaveURL(/\/login/);
});

test("the demo is read to its end, and the overview says as of when", async ({ asAdministrator: page }) => {
  await page.goto("/");

  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "As of when" })).toBeVisible({ timeout: 110_000 });
});
