/**
 * Counts the denormal numbers (below 2⁻¹²⁶, but not 0) that training meets. Many processors handle them a hundred times as
 * slowly as others, so a run that meets many is slow there. After every gradient step it looks at all weights, at both of
 * Adam's running means, and at the gradients. Default settings of PPO, to the end of the budget.
 *
 *   npm run build && node bench/ppo/denormals.mjs [--env CartPole-v1 …] [--seed 0] [--output bench/ppo/denormals.json]
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ppo } from "../../dist/algorithms/index.js";
import { train } from "../../dist/index.js";
import { denormals } from "./denormal-numbers.mjs";

const { values: given } = parseArgs({
  options: {
    env: {
      type: "string",
      multiple: true,
      default: ["CartPole-v1", "LunarLander-v3", "LunarLanderContinuous-v3", "FrozenLake-v1", "Taxi-v4"],
    },
    seed: { type: "string", default: "0" },
    output: { type: "string" },
  },
});

/** Far more steps than a batch has: a piece of work ends where a batch is complete, or between two gradient steps. */
const PIECE = 1_000_000_000;

/** For each kind of array: the share of denormal numbers over the run, and the largest share after one gradient step. */
function counted(env, seed) {
  let learner;
  const observed = { ...ppo, name: "ppo-observed", create: (context) => (learner = ppo.create(context)) };
  const run = train({ algorithm: observed, env, seed, stopWhenSolved: false });
  const [optimizer] = learner.optimizers;
  const { parameters } = optimizer;
  const state = [...optimizer.state()];
  const kinds = {
    weights: parameters,
    m: state.flatMap(([name, tensor]) => (name.endsWith(".m") ? [tensor] : [])),
    v: state.flatMap(([name, tensor]) => (name.endsWith(".v") ? [tensor] : [])),
    gradients: parameters.map((p) => p.grad),
  };
  const size = parameters.reduce((sum, p) => sum + p.size, 0);
  const totals = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, { all: 0, most: 0, first: null }]));
  let gradientSteps = 0;
  let last;
  while (!run.finished) {
    run.advance(PIECE);
    const stepped = parameters[0].grad;
    if (stepped === undefined || stepped === last) continue;
    last = stepped;
    gradientSteps++;
    kinds.gradients = parameters.map((p) => p.grad);
    for (const [kind, tensors] of Object.entries(kinds)) {
      const found = tensors.reduce((sum, tensor) => sum + denormals(tensor.toArray()), 0);
      const total = totals[kind];
      total.all += found;
      total.most = Math.max(total.most, found);
      if (found > 0) total.first ??= gradientSteps;
    }
  }
  const shares = Object.entries(totals).map(([kind, { all, most, first }]) => [
    kind,
    { share: all / (size * gradientSteps), most: most / size, firstAtGradientStep: first },
  ]);
  return { env, seed, gradientSteps, numbers: size, ...Object.fromEntries(shares) };
}

const results = given.env.map((env) => {
  const result = counted(env, Number(given.seed));
  console.log(JSON.stringify(result));
  return result;
});
if (given.output) writeFileSync(given.output, `${JSON.stringify(results, null, 1)}\n`);
