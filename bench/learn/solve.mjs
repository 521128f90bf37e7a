/**
 * PPO's default settings on every environment with a mark at which it counts as solved: how many seeds reach the mark, and when.
 * A run ends when the last 100 episodes of training, played with sampled actions, average the mark, or when the preset's budget
 * is used up. The policy at that moment is evaluated over 100 new episodes, by sampled actions as in training, and by its most
 * likely actions.
 *
 *   npm run build && node bench/learn/solve.mjs [--only LunarLander-v3 …] [--seeds 20] [--output bench/learn/solved.json]
 *
 * The settings were tuned on seeds from 1000. Finished runs with the same settings are skipped, so the command can be stopped
 * and started again. `npm run pages` puts the table into docs/speed.md.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { listEnvs } from "../../dist/envs/index.js";
import { evaluate, make, train } from "../../dist/index.js";
import { backendName } from "../../dist/tensor/index.js";
import { commit, machine } from "../race.mjs";
import { printed } from "./solved-table.mjs";

const marked = listEnvs().filter(({ rewardThreshold }) => rewardThreshold !== undefined);
const { values: given } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: marked.map(({ id }) => id) },
    seeds: { type: "string", default: "20" },
    output: { type: "string", default: new URL("solved.json", import.meta.url).pathname },
  },
});
const WINDOW = 100;
const at = commit();
const on = { ...machine(), backend: backendName };

for (const env of given.only) {
  for (let seed = 0; seed < Number(given.seeds); seed++) {
    const run = train({ algorithm: "ppo", env, seed, stopWhenSolved: false });
    if (finished(run).some((other) => other.seed === seed)) continue;
    process.stderr.write(`\r\x1b[K${env}: seed ${seed}`);
    const result = { seed, ...played(run) };
    // Another process may have stored runs meanwhile.
    const runs = [...finished(run), result].sort((a, b) => a.seed - b.seed);
    const { steps, options } = run.config;
    const about = { mark: run.rewardThreshold, steps, options, commit: at, machine: on };
    write({ ...read(), [env]: { ...about, runs } });
  }
}
process.stderr.write("\r\x1b[K");
console.log(printed(read()));

/** The stored runs with the settings of this one; an option that was added since makes no difference. */
function finished({ config: { env, steps, options } }) {
  const stored = read()[env];
  if (stored?.steps !== steps) return [];
  const same = Object.entries(stored.options).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(options[name]),
  );
  return same ? stored.runs : [];
}

/** Trains until the last episodes average the mark, or to the end of the budget. */
function played(run) {
  const cpu = process.cpuUsage();
  const returns = [];
  let [steps, best] = [0, Number.NEGATIVE_INFINITY];
  for (const update of run) {
    steps = update.steps;
    for (const value of update.returns) {
      returns.push(value);
      if (returns.length >= WINDOW) best = Math.max(best, mean(returns.slice(-WINDOW)));
    }
    if (best >= run.rewardThreshold) break;
  }
  const { user, system } = process.cpuUsage(cpu);
  const evaluated = (deterministic) => {
    const how = { episodes: 100, deterministic, seed: 1_000_000 };
    return rounded(evaluate(run.policy, make(run.config.env), how).mean);
  };
  return {
    solved: best >= run.rewardThreshold,
    steps,
    episodes: returns.length,
    seconds: Math.round((user + system) / 1e4) / 100,
    bestAverage: rounded(best),
    lastAverage: rounded(mean(returns.slice(-WINDOW))),
    sampled: evaluated(false),
    likeliest: evaluated(true),
  };
}

function mean(values) {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function rounded(value) {
  return Math.round(1e4 * value) / 1e4;
}

/** The results so far, by environment. */
function read() {
  return existsSync(given.output) ? JSON.parse(readFileSync(given.output, "utf8")) : {};
}

function write(results) {
  const inOrder = marked.flatMap(({ id }) => (results[id] === undefined ? [] : [[id, results[id]]]));
  const lines = inOrder.map(([id, { runs, ...rest }]) => {
    const head = JSON.stringify(rest).slice(0, -1);
    return `${JSON.stringify(id)}:${head},"runs":[\n${runs.map((run) => JSON.stringify(run)).join(",\n")}\n]}`;
  });
  writeFileSync(`${given.output}.${process.pid}`, `{\n${lines.join(",\n")}\n}\n`);
  renameSync(`${given.output}.${process.pid}`, given.output);
}
