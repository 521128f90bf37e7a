/**
 * What `scaleActions` is worth where actions are bounded by something other than [-1, 1]: PPO with default settings on stock
 * control (Box [0, 50]), with the default, with raw actions (`scaleActions: false`) and with squashed ones.
 *
 *   node bench/box/run.mjs [--seeds 3] [--steps 100000]
 *
 * The final policy is evaluated by its most likely actions over 100 episodes. The yardstick is the best rule of the form
 * "order what is missing from S", with S found by trying. Writes results.json.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { evaluate, make, train } from "../../dist/index.js";
import { commit, machine } from "../race.mjs";
import { interquartileMean } from "../statistics.mjs";
import "./stock.mjs";

const SETTINGS = {
  default: {},
  raw: { scaleActions: false },
  squashed: { continuous: "squashed-gaussian" },
};

const { values: given } = parseArgs({
  options: { seeds: { type: "string", default: "3" }, steps: { type: "string", default: "100000" } },
});
const steps = Number(given.steps);
const seeds = Array.from({ length: Number(given.seeds) }, (_, seed) => seed);

const yardstick = bestRule();
console.log(`order up to ${yardstick.level}: ${yardstick.mean.toFixed(2)}`);
const results = Object.entries(SETTINGS).map(([name, options]) => {
  const runs = seeds.map((seed) => finalReturn(options, seed));
  const means = runs.map(({ mean }) => mean);
  console.log(
    `${name}: ${interquartileMean(means).toFixed(2)}, ${Math.min(...means).toFixed(2)} to ${Math.max(...means).toFixed(2)}`,
  );
  return { name, options, interquartileMean: interquartileMean(means), runs };
});
const about = { bench: "box", steps, commit: commit(), machine: machine() };
writeFileSync(
  new URL("results.json", import.meta.url),
  `${JSON.stringify({ ...about, yardstick, results }, null, 1)}\n`,
);

function finalReturn(options, seed) {
  const run = train({ algorithm: "ppo", env: "Stock-v0", seed, steps, stopWhenSolved: false, options });
  for (const _ of run);
  const { mean } = evaluate(run.policy, make("Stock-v0"), {
    episodes: 100,
    deterministic: true,
    seed: 1_000_000 + seed,
  });
  return { seed, mean, weightsSha256: run.result().weightsSha256 };
}

/** The level S whose rule has the highest mean return over 200 episodes. */
function bestRule() {
  const levels = Array.from({ length: 50 }, (_, i) => i + 1);
  const rules = levels.map((level) => ({ level, mean: meanOfRule(level, 200) }));
  return rules.reduce((best, rule) => (rule.mean > best.mean ? rule : best));
}

function meanOfRule(level, episodes) {
  const env = make("Stock-v0");
  let total = 0;
  for (let episode = 0; episode < episodes; episode++) {
    let { observation } = env.reset(episode === 0 ? { seed: 2_000_000 } : {});
    for (let over = false; !over; ) {
      const order = Math.min(50, Math.max(0, level - 100 * observation[0]));
      const result = env.step(Float32Array.of(order));
      observation = result.observation;
      total += result.reward;
      over = result.terminated || result.truncated;
    }
  }
  return total / episodes;
}
