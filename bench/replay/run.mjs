/**
 * What it would cost to resume an environment by replaying its actions instead of by `snapshot` and `restore`: milliseconds
 * at one checkpoint, for one copy, after 1 to 500 steps of an episode.
 *
 *   npm run build && node bench/replay/run.mjs
 *
 * A replay resets with a seed and steps again. Only the first reset of a copy has a seed, and later episodes continue its
 * random numbers, so a replay of a run would have to begin at the run's first step; `run of 100,000 steps` is that. A step of
 * the cheap environment is CartPole's; one of the expensive environment computes for about 200 microseconds.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import "../expensive-env.mjs";
import { make } from "../../dist/envs/index.js";
import { commit, machine } from "../race.mjs";
import { median, secondsPerCall } from "../stopwatch.mjs";

const LENGTHS = [1, 10, 100, 500];
const RUN = 100_000;

const measured = [];
for (const id of ["CartPole-v1", "Expensive-v0"]) measured.push(await compare(id));
const result = { bench: "replay", commit: commit(), machine: machine(), measured };
writeFileSync(fileURLToPath(new URL("results.json", import.meta.url)), `${JSON.stringify(result, null, 1)}\n`);

async function compare(id) {
  const env = make(id);
  const replay = (steps) => {
    env.reset({ seed: 1 });
    for (let i = 0; i < steps; i++) {
      // CartPole falls within a few dozen steps; the replay of a longer episode costs as much a step.
      const { terminated, truncated } = env.step(i & 1);
      if (terminated || truncated) env.reset();
    }
  };
  const saved = () => env.restore(JSON.parse(JSON.stringify(env.snapshot())));
  replay(1);
  const snapshotMs = 1000 * (await secondsPerCall(saved));
  const replayMs = {};
  for (const steps of LENGTHS) replayMs[steps] = 1000 * (await secondsPerCall(() => replay(steps), { batches: 5 }));
  const perStep = median(LENGTHS.slice(-2).map((steps) => replayMs[steps] / steps));
  const runSeconds = (perStep * RUN) / 1000;
  const list = LENGTHS.map((steps) => `${steps}: ${replayMs[steps].toPrecision(2)} ms`).join(", ");
  console.log(
    `${id}: snapshot and restore ${snapshotMs.toPrecision(2)} ms; replay of so many steps ${list}; run of 100,000 steps ${runSeconds.toPrecision(2)} s`,
  );
  return { id, snapshotMs, replayMs, runSeconds };
}
