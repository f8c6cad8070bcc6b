// Writes src/api/gateway.ts and src/api/engine.ts from the descriptions that the services commit.
// With --check it writes nothing and fails if one of them is stale.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const root = new URL("../../../", import.meta.url);
const out = new URL("../src/api/", import.meta.url);
const check = process.argv.includes("--check");

/** Through the gateway, the engine's paths begin with /api/etl. */
function asSeenFromOutside(path) {
  return path.replace(/^\/api\/v1\//, "/api/etl/");
}

async function types(service) {
  const description = JSON.parse(await readFile(new URL(`${service}/openapi.json`, root), "utf8"));
  description.paths = Object.fromEntries(
    Object.entries(description.paths)
      .filter(([path]) => path.startsWith("/api/"))
      .map(([path, item]) => [asSeenFromOutside(path), item]),
  );
  const head = `// Made from ${service}/openapi.json by: npm run api. Not to be edited.\n`;
  return head + astToString(await openapiTS(description, { alphabetize: true }));
}

let stale = false;
for (const [service, file] of [["backend-service", "gateway.ts"], ["etl-service", "engine.ts"]]) {
  const target = new URL(file, out);
  const wanted = await types(service);
  if (!check) await writeFile(target, wanted);
  else if ((await readFile(target, "utf8").catch(() => "")) !== wanted) {
    console.error(`src/api/${file} is not what ${service}/openapi.json says. Run: npm run api`);
    stale = true;
  }
}
if (stale) process.exit(1);
