/**
 * Checks that a change keeps the bits of training. Trains short runs that cover all algorithms, kinds of action and ways of
 * collecting, and compares the hashes of their weights with those in `hashes.json`.
 *
 *   npm run build && node bench/bits/run.mjs            compares; exit code 1 if a hash differs
 *   node bench/bits/run.mjs --write                     records new hashes, after a change to learning
 *   node bench/bits/run.mjs --library ../other/dist     with another build of the library
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    write: { type: "boolean", default: false },
    library: { type: "string", default: fileURLToPath(new URL("../../dist", import.meta.url)) },
  },
});
const load = (path) => import(pathToFileURL(resolve(values.library, path)).href);
const { train, register } = await load("index.js");
const { multiBinary, multiDiscrete, box, discrete } = await load("spaces/index.js");
const { defaultRng } = await load("random/index.js");

/** Rewards actions that match the sign of the observation; `actionMask` rules one choice out. */
function signs(actionSpace, score, masked = false) {
  const rng = defaultRng(0);
  let seen = new Float32Array(3);
  let steps = 0;
  const look = () => {
    seen = Float32Array.from({ length: 3 }, () => rng.uniform(-1, 1));
    return seen;
  };
  return {
    observationSpace: box({ low: -1, high: 1, shape: [3] }),
    actionSpace,
    ...(masked && { actionMask: () => [1, 1, seen[2] > 0 ? 1 : 0] }),
    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      steps = 0;
      return { observation: look().slice(), info: {} };
    },
    step(action) {
      const reward = score(action, seen);
      steps++;
      return { observation: look().slice(), reward, terminated: steps === 9, truncated: false, info: {} };
    },
  };
}
const agree = (on, x) => (on === (x > 0 ? 1 : 0) ? 1 : -1);
register({
  id: "Switches-v0",
  create: () => signs(multiBinary(3), (a, x) => a.reduce((sum, on, i) => sum + agree(on, x[i]), 0)),
});
register({
  id: "Choices-v0",
  create: () => signs(multiDiscrete([2, 2]), (a, x) => agree(a[0], x[0]) + agree(a[1], x[1])),
});
register({ id: "Masked-v0", create: () => signs(discrete(3), (a, x) => x[a], true) });

const runs = {
  "reinforce, default, CartPole": [60, { seed: 1 }],
  "reinforce, exercise, CartPole": [60, { preset: "exercise", seed: 2 }],
  "reinforce, leave-one-out, whole episodes, Acrobot": [
    3,
    {
      env: "Acrobot-v1",
      envOptions: { maxEpisodeSteps: 100 },
      options: { baseline: "leave-one-out", returns: "whole-episode", episodesPerUpdate: 3, entropyBonus: 0 },
    },
  ],
  "actor-critic, default, MountainCar": [100, { algorithm: "actor-critic", env: "MountainCar-v0", seed: 3 }],
  "a2c, default, CartPole": [200, { algorithm: "a2c", seed: 4 }],
  "a2c, zoo (gSDE, normalised), Pendulum": [60, { algorithm: "a2c", preset: "zoo", env: "Pendulum-v1", seed: 5 }],
  "vpg, default, LunarLander": [20, { algorithm: "vpg", env: "LunarLander-v3", seed: 6 }],
  "ppo, zoo, CartPole": [12, { algorithm: "ppo", preset: "zoo", seed: 7 }],
  "ppo, zoo (normalised), Acrobot": [2, { algorithm: "ppo", preset: "zoo", env: "Acrobot-v1", seed: 8 }],
  "ppo, zoo (noise for 4 steps), Pendulum": [2, { algorithm: "ppo", preset: "zoo", env: "Pendulum-v1", seed: 9 }],
  "ppo, default, LunarLanderContinuous": [2, { algorithm: "ppo", env: "LunarLanderContinuous-v3", seed: 10 }],
  "ppo, shared trunk, clipped values, target KL, Masked": [
    6,
    {
      algorithm: "ppo",
      env: "Masked-v0",
      seed: 11,
      options: { trunk: "shared", clipValues: true, targetKl: 0.01, envs: 4, rolloutSteps: 64, minibatchSize: 64 },
    },
  ],
  "ppo, whole batches, Switches": [
    6,
    { algorithm: "ppo", env: "Switches-v0", seed: 12, options: { envs: 4, rolloutSteps: 64 } },
  ],
  "ppo, gelu, Choices": [
    6,
    { algorithm: "ppo", env: "Choices-v0", seed: 13, options: { envs: 2, rolloutSteps: 64, activation: "gelu" } },
  ],
  "ppo, squashed, Pendulum": [
    2,
    { algorithm: "ppo", env: "Pendulum-v1", seed: 14, options: { continuous: "squashed-gaussian" } },
  ],
};

const path = new URL("hashes.json", import.meta.url);
const known = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
const found = {};
let different = 0;
for (const [name, [updates, config]] of Object.entries(runs)) {
  const run = train(config);
  for (const { update } of run) if (update === updates) break;
  found[name] = run.result().weightsSha256;
  const same = found[name] === known[name];
  if (!same) different++;
  console.log(`${same ? "same     " : "DIFFERENT"} ${found[name].slice(0, 16)} ${name}, ${updates} updates`);
}
if (values.write) writeFileSync(path, `${JSON.stringify(found, null, 1)}\n`);
else console.log(`\n${Object.keys(runs).length - different} of ${Object.keys(runs).length} hashes are the same`);
process.exitCode = !values.write && different > 0 ? 1 : 0;
