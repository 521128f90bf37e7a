/**
 * Ascent's side of the race: one run to the end of its budget, and the return of its policy. ASCENT_BACKEND chooses the build.
 *
 *   node bench/peers/ours.mjs [--preset zoo] [--env CartPole-v1] [--steps 100000] [--seed 0] [--name ascent] [--turns]
 *
 * `seconds` is the first run of the process, during which the JIT compiler works; `warm_seconds` is the second run.
 * The preset `cleanrl` with 500,000 steps has PureJaxRL's own settings too. With `--turns` it trains again for each line
 * of its input, and answers with the seconds (`running.mjs`).
 */
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { evaluate, make, train } from "../../dist/index.js";
import { backendName } from "../../dist/tensor/index.js";
import { report } from "../stopwatch.mjs";
import { sinceStart } from "./clock.mjs";

const { values: given } = parseArgs({
  options: {
    name: { type: "string", default: "ascent" },
    preset: { type: "string", default: "zoo" },
    env: { type: "string", default: "CartPole-v1" },
    steps: { type: "string", default: "100000" },
    seed: { type: "string", default: "0" },
    turns: { type: "boolean", default: false },
  },
});
const config = {
  algorithm: "ppo",
  preset: given.preset,
  env: given.env,
  steps: Number(given.steps),
  seed: Number(given.seed),
  stopWhenSolved: false,
};

function trained() {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const run = train(config);
  for (const _ of run);
  const { user, system } = process.cpuUsage(cpu);
  return { run, seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
}

const setup = sinceStart();
const { run, seconds, cpuSeconds } = trained();
const whole = sinceStart();
const { steps, weightsSha256 } = run.result();
// The same run again, now compiled, to compare with a program that was compiled before its clock started.
const again = trained();
if (again.run.result().weightsSha256 !== weightsSha256) throw new Error("the same run came to other weights");
report({
  name: given.name,
  versions: { node: process.version, [given.name]: backendName },
  metrics: {
    seconds,
    cpu_seconds: cpuSeconds,
    warm_seconds: again.seconds,
    whole_seconds: whole,
    steps_per_second: steps / seconds,
    setup_seconds: setup,
    steps,
    final_return: evaluate(run.policy, make(given.env), { deterministic: true, seed: 1 }).mean,
  },
  check: {},
  weightsSha256,
});

if (given.turns)
  for await (const _ of createInterface({ input: process.stdin })) {
    const { seconds, cpuSeconds } = trained();
    report({ seconds, cpu_seconds: cpuSeconds });
  }
