import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { precompressed } from "./scripts/precompressed.ts";

const gateway = process.env["PULSE_GATEWAY_URL"] ?? "http://127.0.0.1:5000";

export default defineConfig({
  plugins: [react(), tailwindcss(), precompressed()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2023",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    emptyOutDir: true,
    // Everything is a file of its own: the policy allows no data: address but for pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { "/api": gateway } },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://pulse.test/" } },
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    // One after the other in one process: starting a browser's likeness anew costs more than the tests.
    pool: "threads",
    isolate: false,
    maxWorkers: 1,
    testTimeout: 30_000,
  },
});
