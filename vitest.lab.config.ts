/** The tests of the lab's rooms in a browser: `npm run lab-test`. They are no part of `npm test`, which has its time. */

import { defineConfig } from "vitest/config";
import { builtSources, freshBuild } from "./test/built-sources.js";

const report = process.env.ASCENT_TEST_REPORT;

freshBuild("src", "lab");

export default defineConfig({
  plugins: [builtSources()],
  test: {
    include: ["test/lab/**/*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    setupFiles: ["test/setup.ts"],
    // A browser has several processes of its own.
    maxWorkers: 1,
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
  },
});
