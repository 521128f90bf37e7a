/** REINFORCE with the preset `exercise`: environment steps per second with learning. ASCENT_BACKEND chooses the build. */
import { parseArgs } from "node:util";
import { train } from "../../dist/index.js";
import { backendName } from "../../dist/tensor/index.js";
import { report } from "../stopwatch.mjs";

const { values } = parseArgs({
  options: { episodes: { type: "string", default: "800" }, seed: { type: "string", default: "0" } },
});
const run = (episodes, seed) => {
  const training = train({ preset: "exercise", seed, episodes });
  for (const _ of training);
  return training.result();
};

run(60, 12_345);
const start = performance.now();
const result = run(Number(values.episodes), Number(values.seed));
const seconds = (performance.now() - start) / 1000;
report({
  name: "ascent",
  versions: { node: process.version, ascent: backendName },
  metrics: { steps_per_second: result.steps / seconds, seconds, episodes: result.episodes, steps: result.steps },
  check: {},
});
