import { defineConfig } from "vitest/config";

/** Where `.ci/run` reads how many tests passed and failed. */
const report = process.env.ASCENT_TEST_REPORT;

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "threads",
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
  },
});
