import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { builtSources, freshBuild } from "./test/built-sources.js";

const src = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** Tests that replace modules: vitest can do so only with those that it loads itself. */
const replacing = ["src/node/metrics-log.test.ts", "src/node/write-file.test.ts", "src/tensor/moving.test.ts"];

/** Tests of `src` that register names for all or measure memory. */
const alone = ["src/training/own-code.test.ts", "src/kernels/heap.test.ts"];

/** Tests in `test` that stay within their process and change nothing in it. */
const tame = [
  "algorithm-contract",
  "api",
  "completion",
  "export-module",
  "export-onnx",
  "gymnasium",
  "lab-input",
  "layers",
  "lecture",
  "site",
  "slices",
  "stable-baselines3",
  "bug-zoo/zoo",
].map((name) => `test/${name}.test.ts`);

/** Where `.ci/run` reads how many tests passed and failed. */
const report = process.env.ASCENT_TEST_REPORT;

freshBuild("src");

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
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: "threads",
    setupFiles: ["test/setup.ts"],
    // Many tests wait for programs that they run: a worker for every core, where vitest would leave one idle.
    maxWorkers: availableParallelism(),
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
    projects: [
      { extends: true, test: { name: "replacing", include: replacing } },
      {
        extends: true,
        plugins: [builtSources()],
        test: { name: "alone", include: ["test/**/*.test.ts", ...alone], exclude: [...tame, "test/lab/**"] },
      },
      // These share the modules that they import, and so half of the time.
      {
        extends: true,
        plugins: [builtSources()],
        test: {
          name: "shared",
          include: ["src/**/*.test.ts", "lab/src/**/*.test.ts", ...tame],
          exclude: [...replacing, ...alone],
          isolate: false,
        },
      },
    ],
  },
});
