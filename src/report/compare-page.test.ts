import { expect, test } from "vitest";
import { read } from "../../test/golden/read.js";
import { compareRuns } from "../sweeps/compare.js";
import type { RunOutcome } from "../sweeps/outcome.js";
import { runId } from "../sweeps/plan.js";
import { compareHtml } from "./compare-page.js";

const cells = read<Record<string, { runs: RunOutcome[] }>>("cells");

/** The recorded runs of CartPole, with the options and names that differ. */
function runs(cell: string, preset: string): RunOutcome[] {
  return cells[cell].runs.map((run, seed) => {
    const config: RunOutcome["config"] = {
      algorithm: "reinforce",
      env: "CartPole-v1",
      envOptions: {},
      preset,
      seed: String(seed),
      episodes: 1000,
      steps: null,
      stopWhenSolved: false,
      options: {},
      from: null,
      ownFeatures: false,
    };
    return { ...run, id: runId(config, null), config, until: null, error: null, weightsSha256: null };
  });
}

const comparison = compareRuns([...runs("cp-1e-3-full", "default"), ...runs("cp-lect-1e-3", "<b>lecture</b>")]);
const page = compareHtml({ comparison, command: "npx ascent compare 'runs/*' --page x.html" });

test("the page has the verdicts, the curves with their bands in two sizes, the comparison and the profile", () => {
  expect(page).toContain("Solved with all 5 seeds, at episode 226 (214 to 278).");
  expect(page).toContain("The same page again");
  expect(page.match(/<svg /g)).toHaveLength(4);
  expect(page.match(/fill-opacity="0.18"/g)).toHaveLength(8);
  expect(page).toMatch(/data-name="P\(better\)">0(\.\d+)? \[0/);
});

test("names from outside are text, and nothing is loaded from elsewhere", () => {
  expect(page).toContain("&lt;b&gt;lecture&lt;/b&gt;");
  expect(page).not.toContain("<b>lecture</b>");
  expect(page).not.toMatch(/<script|src=|href=|@import|url\(/);
});
