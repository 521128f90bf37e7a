/**
 * Times `evaluate` one episode at a time and side by side, and checks that both give the same figures. The same steps of the
 * bare environment, with the actions known, are what no way of evaluating can fall below.
 *
 *   node bench/evaluate/run.mjs [--episodes 200] [--rounds 5]
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { evaluate, make, train } from "../../dist/index.js";

const { values } = parseArgs({
  options: { episodes: { type: "string", default: "200" }, rounds: { type: "string", default: "5" } },
});
const [episodes, rounds] = [Number(values.episodes), Number(values.rounds)];

const microseconds = (run) => {
  const start = performance.now();
  const found = run();
  const steps = found.lengths.reduce((total, length) => total + length, 0);
  return { found, perStep: (1000 * (performance.now() - start)) / steps };
};

/** The seed and the actions of each episode. */
function playedBy(policy, env, how) {
  const played = [];
  const recording = {
    ...env,
    reset(options) {
      played.push({ seed: options.seed, actions: [] });
      return env.reset(options);
    },
    step(action) {
      played.at(-1).actions.push(action);
      return env.step(action);
    },
  };
  evaluate(policy, recording, how);
  return played;
}

function repeat(played, env) {
  for (const { seed, actions } of played) {
    env.reset({ seed });
    for (const action of actions) env.step(action);
  }
  return { lengths: played.map(({ actions }) => actions.length) };
}

const results = {};
for (const [env, algorithm, steps] of [
  ["CartPole-v1", "ppo", 20_000],
  ["Pendulum-v1", "ppo", 20_000],
  ["FrozenLake-v1", "a2c", 20_000],
  ["LunarLander-v3", "ppo", 50_000],
]) {
  const run = train({ algorithm, env, seed: 1, steps });
  for (const _ of run);
  const how = { episodes, seed: 1 };
  // `make` did not make a copy of its object, so that plays alone.
  const alone = () => evaluate(run.policy, { ...make(env) }, how);
  const together = () => evaluate(run.policy, make(env), how);
  const bareEnv = make(env);
  const played = playedBy(run.policy, bareEnv, how);
  const bare = () => repeat(played, bareEnv);
  const times = { bare: [], alone: [], together: [] };
  for (let round = 0; round <= rounds; round++) {
    const one = microseconds(alone);
    const all = microseconds(together);
    if (JSON.stringify(one.found) !== JSON.stringify(all.found)) throw new Error(`${env}: the figures differ`);
    // The first round warms up.
    if (round === 0) continue;
    times.bare.push(microseconds(bare).perStep);
    times.alone.push(one.perStep);
    times.together.push(all.perStep);
  }
  // The fastest round, because other load can only add to a time.
  const [own, one, all] = Object.values(times).map((list) => Math.min(...list));
  results[env] = {
    "µs a step, environment alone": Number(own.toFixed(2)),
    "µs a step, one at a time": Number(one.toFixed(2)),
    "µs a step, side by side": Number(all.toFixed(2)),
    "times as fast": Number((one / all).toFixed(2)),
  };
}
console.table(results);
writeFileSync(
  new URL("results.json", import.meta.url),
  `${JSON.stringify({ episodes, rounds, node: process.version, processor: cpus()[0].model, results }, null, 2)}\n`,
);
