import { ask, expect, test } from "./people";

interface Connections {
  items: { id: number; name: string; connector: string; settings: Record<string, string> }[];
}

test("a wrong token is told of before anything is saved", async ({ asAdministrator: page, context }) => {
  const { items } = await ask<Connections>(context, "GET", "/api/etl/connections");
  const [known] = items;
  await page.goto(`/connections/new/${known?.connector}`);
  const { items: connectors } = await ask<{ items: { id: string; form: { fields: { name: string; label: string; type: string; required: boolean }[] } }[] }>(context, "GET", "/api/etl/connectors");
  for (const field of connectors.find((each) => each.id === known?.connector)?.form.fields ?? []) {
    const box = page.getByLabel(field.required ? field.label : `${field.label} (optional)`, { exact: true });
    if (field.type === "SECRET") await box.fill("not-the-token");
    else if (known?.settings[field.name]) await box.fill(known.settings[field.name] ?? "");
  }
  await page.getByRole("button", { name: "Check and go on" }).click();

  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.locator("[aria-invalid=true]")).toBeVisible();
  const after = await ask<Connections>(context, "GET", "/api/etl/connections");
  expect(after.items).toHaveLength(items.length);
});

test("a name that is a script stays a name", async ({ asAdministrator: page, context }) => {
  const hostile = '<img src=x onerror="document.title=1">';
  const { items } = await ask<Connections>(context, "GET", "/api/etl/connections");
  const [known] = items;
  const one = await ask<{ id: number; name: string; connector: string; settings: unknown; scope: unknown; network: unknown; version: number }>(context, "GET", `/api/etl/connections/${known?.id}`);
  const { connector, name, settings, scope, network, version } = one;
  await ask(context, "PUT", `/api/etl/connections/${one.id}`, { connector, settings, scope, network, version, name: hostile });
  try {
    for (const address of ["/", "/jobs", "/connections", "/jobs/history"]) {
      await page.goto(address);
      await expect(page.getByText(hostile).filter({ visible: true }).first()).toBeVisible();
      expect(await page.locator("img").count()).toBe(0);
    }
  } finally {
    await ask(context, "PUT", `/api/etl/connections/${one.id}`, { connector, settings, scope, network, name, version: version + 1 });
  }
});
