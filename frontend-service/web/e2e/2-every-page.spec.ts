import { AxeBuilder } from "@axe-core/playwright";
import { ask, expect, test } from "./people";

const pages: [string, string][] = [
  ["/", "Overview"],
  ["/jobs", "Jobs"],
  ["/jobs?state=FINISHED&sort=-rows", "Jobs"],
  ["/jobs/history", "Run history"],
  ["/jobs/history?range=1d&state=FINISHED", "Run history"],
  ["/connections", "Connections"],
  ["/connections/new", "Connect a source"],
  ["/connections/new/github", "Connect GitHub"],
  ["/quarantine", "Data quality"],
  ["/quarantine?tab=coverage", "Data quality"],
  ["/quarantine?tab=vanished", "Data quality"],
  ["/logs?level=WARN", "Logs"],
  ["/users", "Users and roles"],
  ["/users?tab=roles", "Users and roles"],
  ["/access", "Sessions and tokens"],
  ["/audit", "Audit"],
  ["/audit?book=access", "Audit"],
  ["/settings", "Settings"],
  ["/settings?tab=alerts", "Settings"],
  ["/settings?tab=appearance", "Settings"],
  ["/settings?tab=about", "Settings"],
];

for (const theme of ["light", "dark"] as const) {
  test(`every page stands at its address and everybody can use it, ${theme}`, async ({ asAdministrator: page, context }) => {
    test.setTimeout(600_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const { items } = await ask<{ items: { id: number }[] }>(context, "GET", "/api/etl/runs?limit=1");
    const run = `/jobs/runs/${items[0]?.id}`;
    for (const [address, title] of [...pages, [run, ""], [`${run}?panel=checkpoints`, "Checkpoints"]] as [string, string][]) {
      await page.goto(address);
      await page.reload();
      await expect(page.getByRole("heading", { name: title }).first(), address).toBeVisible();
      await expect(page.getByLabel("Loading").first(), address).toBeHidden();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((each) => `${address}: ${each.id}: ${each.nodes.map((node) => node.html).join(" | ")}`)).toEqual([]);
    }
  });
}

test("on a phone nothing is wider than the screen", async ({ asAdministrator: page }) => {
  test.setTimeout(300_000);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [address, title] of pages) {
    await page.goto(address);
    await expect(page.getByRole("heading", { name: title }).first(), address).toBeVisible();
    await expect(page.getByLabel("Loading").first(), address).toBeHidden();
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(tooWide, address).toBeLessThanOrEqual(0);
  }
});
