import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const src = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** Where `.ci/run` reads how many tests passed and failed. */
const report = process.env.ASCENT_TEST_REPORT;

export default defineConfig({
  // Examples import the package by its name; tests run them on the sources.
  resolve: {
    alias: [
      { find: /^ascent\/maths$/, replacement: src("kernels/maths.ts") },
      { find: /^ascent\/([a-z]+)$/, replacement: src("$1/index.ts") },
      { find: /^ascent$/, replacement: src("index.ts") },
    ],
  },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: "threads",
    // Many tests wait for programs that they run: a worker for every core, where vitest would leave one idle.
    maxWorkers: availableParallelism(),
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
  },
});
