import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
if (!browser) console.warn("SKIPPED: the tests in a browser need chromium. Install it, for example by apt-get install chromium.");

/** The pages in a real browser, against the whole platform. Without chromium nothing is tested, and that is said. */
export default defineConfig({
  testDir: "e2e",
  ...(browser ? {} : { testIgnore: "**" }),
  globalSetup: browser ? "./e2e/platform.ts" : undefined,
  outputDir: "test-results",
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: "list",
  use: {
    baseURL: process.env["PULSE_URL"] ?? "http://127.0.0.1:3900",
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
    },
  },
});
