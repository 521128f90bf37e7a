// Trains five seeds each of settings of known character, and stores their outcomes for the tests of cell verdicts and
// comparisons: writes cells.json.
//
//     npm run build && node test/golden/cells.mjs
import { writeFileSync } from "node:fs";
import { envEntry } from "../../dist/envs/registry.js";
import { trainNamed } from "../../dist/index.js";
import { outcomeOf } from "../../dist/sweeps/outcome-of.js";

const cartPole = (learningRate, episodes, preset = "default") => ({
  algorithm: "reinforce",
  preset,
  env: "CartPole-v1",
  episodes,
  options: { learningRate },
  stopWhenSolved: false,
});

const CELLS = {
  "cp-1e-6": cartPole(1e-6, 400),
  "cp-1e-4": cartPole(1e-4, 400),
  "cp-1e-3-full": cartPole(1e-3, 1000),
  "cp-1e-2": cartPole(1e-2, 1000),
  "cp-1e-1": cartPole(1e-1, 600),
  "cp-1": cartPole(1, 600),
  "cp-lect-1e-3": cartPole(1e-3, 1000, "lecture"),
  "cp-ppo": { algorithm: "ppo", env: "CartPole-v1", stopWhenSolved: true },
  "fl8-lect": { algorithm: "reinforce", preset: "lecture", env: "FrozenLake8x8-v1", episodes: 300 },
  mc: { algorithm: "reinforce", preset: "lecture", env: "MountainCar-v0", episodes: 60 },
  acro: { algorithm: "ppo", env: "Acrobot-v1" },
  pend: { algorithm: "ppo", env: "Pendulum-v1", steps: 40_000 },
  "ll-1e-2": {
    algorithm: "reinforce",
    env: "LunarLander-v3",
    episodes: 300,
    options: { learningRate: 3e-2 },
    stopWhenSolved: false,
  },
  "ll-ppo-short": { algorithm: "ppo", env: "LunarLander-v3", steps: 60_000, stopWhenSolved: false },
};

/** Four digits: more would only make the file larger. */
const short = (value) => (value === null ? null : Number(value.toPrecision(4)));

function outcome(config) {
  const run = trainNamed(config);
  const updates = Array.from(run);
  const record = { config: run.config, until: null, status: "finished", error: null, errorName: null };
  const { episodes, steps } = run.config;
  const found = outcomeOf({ ...record, result: run.result() }, updates);
  const { id: _, weightsSha256: __, untrainedReturn, finalReturn, curve, ...rest } = found;
  return {
    ...rest,
    config: { episodes, steps },
    untrainedReturn: short(untrainedReturn),
    finalReturn: short(finalReturn),
    curve: { ...curve, returns: curve.returns.map(short) },
  };
}

const cells = Object.entries(CELLS).map(([name, config]) => {
  const runs = [0, 1, 2, 3, 4].map((seed) => outcome({ ...config, seed }));
  console.log(name, runs.map(({ verdict }) => verdict).join(" "));
  return [name, { mark: envEntry(config.env).rewardThreshold, runs }];
});
writeFileSync(new URL("cells.json", import.meta.url), `${JSON.stringify(Object.fromEntries(cells))}\n`);
