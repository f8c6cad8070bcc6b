import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");
const checkout = join(root, "frontend-service/target/e2e");
const environment = { ...process.env, PULSE_PORT_OFFSET: "900" };

/**
 * Starts the whole platform with simulated sources, as scripts/pulse does for people, but with a state of its own:
 * a folder in which everything of this checkout can be seen except its .pulse. PULSE_URL and PULSE_PASSWORD name
 * one that runs already.
 *
 * @returns ends it
 */
export default function start() {
  if (process.env["PULSE_URL"]) return () => undefined;
  rmSync(checkout, { recursive: true, force: true });
  mkdirSync(join(checkout, "scripts"), { recursive: true });
  mkdirSync(join(checkout, ".pulse/run"), { recursive: true });
  copyFileSync(join(root, "scripts/pulse"), join(checkout, "scripts/pulse"));
  for (const name of readdirSync(root)) {
    if (![".pulse", "scripts", ".git"].includes(name)) symlinkSync(join(root, name), join(checkout, name));
  }
  writeFileSync(join(checkout, ".pulse/run/built"), ""); // what is tested is what has been built
  const told = pulse("demo", "--scale", "300");
  const password = /password (\S+)/.exec(told)?.[1];
  if (!password) throw new Error(`No password was told:\n${told}`);
  process.env["PULSE_PASSWORD"] = password;
  return () => {
    pulse("down");
  };
}

function pulse(...words: string[]): string {
  return execFileSync(join(checkout, "scripts/pulse"), words, { env: environment, encoding: "utf8" });
}
