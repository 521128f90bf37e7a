// What a run of a sweep costs besides its training: 120 runs of one episode, against the same runs in this process without a
// folder. Prints milliseconds per run.
//
//   node bench/sweeps/overhead.mjs [--jobs 1] [--write]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { reinforcePresets } from "../../dist/algorithms/reinforce-presets.js";
import { startSweep } from "../../dist/node/index.js";
import { planSweep, runsOf } from "../../dist/sweeps/index.js";
import { restart } from "../../dist/training/train.js";
import { report } from "./measured.mjs";

const { grid } = reinforcePresets.lecture;
const { values } = parseArgs({ options: { jobs: { type: "string", default: "1" }, write: { type: "boolean" } } });
const jobs = Number(values.jobs);
const plan = planSweep({ algorithm: "reinforce", env: "CartPole-v1", grid, seeds: 10, episodes: 1 });
const runs = runsOf(plan);
const place = mkdtempSync(join(tmpdir(), "ascent-overhead-"));

const train = () => {
  for (const { config } of runs) for (const _ of restart(config));
};
train();
const start = performance.now();
train();
const bare = (performance.now() - start) / runs.length;

/** Milliseconds until the first run has ended, which includes the start of the processes, and per run after it. */
async function sweep(out) {
  const began = performance.now();
  const done = [];
  for await (const news of startSweep(plan, { out, jobs })) if (news.kind === "done") done.push(performance.now());
  return { startUp: done[0] - began, perRun: ((done.at(-1) - done[0]) / (done.length - 1)) * jobs };
}
const { startUp, perRun } = await sweep(join(place, "sweep"));
rmSync(place, { recursive: true, force: true });

const digits = (value) => Number(value.toFixed(1));
const figures = {
  runs: runs.length,
  jobs,
  milliseconds: {
    training: digits(bare),
    inSweep: digits(perRun),
    overhead: digits(perRun - bare),
    startUp: digits(startUp),
  },
};
report(figures, values.write && "overhead.json");
