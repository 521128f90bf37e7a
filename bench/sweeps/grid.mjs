// The lecture's grid (REINFORCE on CartPole-v1, four learning rates, three discounts, ten seeds, the preset's own budget) as one
// sweep, against a shell loop of single runs. The loop is long, so it trains only so many of the runs, and its time is
// multiplied; they are spread evenly over the grid.
//
//   node bench/sweeps/grid.mjs [--loop 24] [--write]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { reinforcePresets } from "../../dist/algorithms/reinforce-presets.js";
import { startSweep } from "../../dist/node/index.js";
import { readRecord } from "../../dist/node/run-record.js";
import { planSweep } from "../../dist/sweeps/index.js";
import { report } from "./measured.mjs";

const { grid } = reinforcePresets.lecture;
const { values } = parseArgs({ options: { loop: { type: "string", default: "24" }, write: { type: "boolean" } } });
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "ascent-grid-"));

const start = performance.now();
const sweep = startSweep(planSweep({ algorithm: "reinforce", env: "CartPole-v1", grid, seeds: 10 }), {
  out: join(place, "sweep"),
});
for await (const _ of sweep);
const sweepSeconds = (performance.now() - start) / 1000;

const looped = Math.min(Number(values.loop), sweep.runs.length);
const chosen = Array.from({ length: looped }, (_, i) => sweep.runs[Math.floor((i * sweep.runs.length) / looped)]);
let loopSeconds = 0;
let same = 0;
chosen.forEach(({ id, config }, i) => {
  const { seed, options } = config;
  const out = join(place, `loop-${i}`);
  const flags = ["--seed", seed, "--learning-rate", String(options.learningRate), "--gamma", String(options.gamma)];
  const began = performance.now();
  spawnSync(process.execPath, [main, "train", "reinforce", "CartPole-v1", ...flags, "--quiet", "--out", out]);
  loopSeconds += (performance.now() - began) / 1000;
  if (readRecord(out).result?.weightsSha256 === sweep.outcomes.get(id)?.weightsSha256) same++;
});
rmSync(place, { recursive: true, force: true });

const estimated = (loopSeconds * sweep.runs.length) / looped;
const digits = (value) => Number(value.toFixed(2));
const figures = {
  runs: sweep.runs.length,
  sweepSeconds: digits(sweepSeconds),
  loop: { runs: looped, sameWeights: same, seconds: digits(loopSeconds), secondsForAll: digits(estimated) },
  timesAsFast: digits(estimated / sweepSeconds),
};
report(figures, values.write && "grid.json");
