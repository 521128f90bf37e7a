// The lecture's grid: 4 learning rates × 3 discounts, five seeds each, as `ascent sweep --preset lecture --seeds 5` trains it.
//   node bench/sweeps/lecture-grid.mjs   writes lecture-grid.json, from which `npm run pages` draws the picture of docs/sweeps.md
// The runs are in build/lecture-grid; a second call goes on where the first was stopped.
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { resumeSweep, startSweep } from "../../dist/node/index.js";
import { planSweep } from "../../dist/sweeps/index.js";

const folder = fileURLToPath(new URL("../../build/lecture-grid", import.meta.url));
const plan = planSweep({ preset: "lecture", seeds: 5 });
const sweep = existsSync(folder) ? resumeSweep(folder, { plan }) : startSweep(plan, { out: folder });
for await (const news of sweep) {
  if (news.kind === "broken") throw new Error(news.error.message);
  if (news.kind === "done") console.log(`${sweep.outcomes.size} of ${sweep.runs.length}`);
}
// The configs follow from the plan. A curve needs no more than four digits.
const outcomes = sweep.runs.map(({ id }) => {
  const { config: _, curve, ...rest } = sweep.outcomes.get(id);
  const returns = curve.returns.map((value) => value && Number(value.toPrecision(4)));
  return { ...rest, curve: { ...curve, returns } };
});
const lines = outcomes.map((outcome) => JSON.stringify(outcome)).join(",\n");
writeFileSync(
  new URL("lecture-grid.json", import.meta.url),
  `{"plan":${JSON.stringify(plan)},\n"outcomes":[\n${lines}\n]}\n`,
);
