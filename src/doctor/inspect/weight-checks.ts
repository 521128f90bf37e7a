/** Checks of the weights: whether the optimiser has them, whether gradients are cleared, and how far they move. */

import { versionOf } from "../../policies/rows.js";
import type { Tensor } from "../../tensor/index.js";
import { RANGES } from "../ranges.js";
import { median } from "../run/statistics.js";
import { shown } from "../run/try-next.js";
import type { InspectOptions } from "./loop.js";
import { type Check, optimizersOf, parametersOf, place, type Report } from "./reading.js";

/** Without a step for so many updates, the weights are not merely waiting for a larger batch. */
const WITHOUT_STEP = 20;
/** Steps whose median length counts as too long, and updates after which it counts as too short. */
const FIRST_STEPS = 10;
const MANY_STEPS = 40;

/** Whether each parameter belongs to one of the optimisers. */
export function notOptimised(options: InspectOptions, report: Report): Check {
  const optimizers = optimizersOf(options);
  return ({ count }) => {
    if (count > 1 || optimizers.length === 0) return;
    const moved = new Set(optimizers.flatMap(({ parameters }) => parameters));
    const weights = [...parametersOf(options.policy), ...parametersOf(options.valueNetwork)];
    const left = weights.filter((one) => !moved.has(one));
    if (left.length === 0) return;
    report({
      code: "parameters-not-optimised",
      severity: "error",
      seen: `${left.length} of ${weights.length} parameters, such as ${left[0].name ?? "the first"}, are in no optimiser`,
      why: "They get a gradient that nobody uses: a network made anew after its optimiser, or left out of it, stays as it was drawn.",
      tryNext:
        "adam([...policy.parameters(), ...valueNetwork.parameters()], { learningRate }), after both networks are made",
    });
  };
}

/** Whether a gradient outlives two steps: `zeroGrad` would have replaced it. */
export function gradientsKept(options: InspectOptions, report: Report): Check {
  const weights = new Set([
    ...optimizersOf(options).flatMap(({ parameters }) => parameters),
    ...parametersOf(options.policy),
  ]);
  /** For each parameter its gradient and version at the last update, and whether a step had used that gradient. */
  const before = new Map<Tensor, { grad: Tensor | undefined; version: number; used: boolean }>();
  return (reading) => {
    for (const p of weights) {
      const last = before.get(p);
      const stepped = last !== undefined && p.version > last.version;
      if (stepped && last.used && p.grad !== undefined && p.grad === last.grad)
        report({
          code: "gradients-kept",
          severity: "error",
          seen: `the gradient of ${p.name ?? "a parameter"} was used by two steps without being cleared ${place(reading)}`,
          why: "backward() adds to what is there, so each step also repeats all gradients before it.",
          tryNext: "optimizer.zeroGrad() before loss.backward()",
        });
      before.set(p, { grad: p.grad, version: p.version, used: stepped });
    }
  };
}

/** Whether the weights change at all. */
export function weightsUnmoved({ policy }: InspectOptions, report: Report): Check {
  const weights = parametersOf(policy);
  const versions = weights.map(({ version }) => version);
  return (reading) => {
    if (reading.count <= WITHOUT_STEP || weights.length === 0) return;
    if (weights.some(({ version }, i) => version !== versions[i])) return;
    report({
      code: "weights-unmoved",
      severity: "error",
      seen: `the policy has the weights of the start ${place(reading)}`,
      why: "backward() fills in gradients; only optimizer.step() uses them.",
      tryNext: "optimizer.step() after loss.backward(), with an optimiser of policy.parameters()",
    });
  };
}

/** Whether the steps are far too long or too short for the weights, or have stopped. */
export function stepSizes(options: InspectOptions, report: Report): Check {
  const weights = parametersOf(options.policy);
  const optimizers = optimizersOf(options);
  const lengths: number[] = [];
  let still = 0;
  let last = weights.map((one) => one.toArray());
  let version = versionOf(weights);
  const size = lengthOf(last);
  return (reading) => {
    const now = versionOf(weights);
    // Weights that begin at 0, as in a table, are moved by more than their length at first.
    if (now === version || size === 0) return;
    const next = weights.map((one) => one.toArray());
    const moved = lengthOf(next.map((values, i) => values.map((value, j) => value - last[i][j])));
    const length = (moved / lengthOf(last)) * (weights.length / (now - version));
    last = next;
    version = now;
    still = length === 0 ? still + 1 : 0;
    const judged = lengths.length >= MANY_STEPS;
    if (!judged) lengths.push(length);
    const step = still >= MANY_STEPS ? 0 : median(lengths);
    const long = !judged && lengths.length >= FIRST_STEPS && step > RANGES.stepLong;
    const short = still >= MANY_STEPS || (!judged && lengths.length === MANY_STEPS && step < RANGES.stepShort);
    if (!long && !short) return;
    const rate = optimizers.length === 0 ? "" : ` with a learning rate of ${shown(optimizers[0].learningRate)}`;
    report({
      code: long ? "learning-rate-high" : "learning-rate-low",
      severity: "warning",
      seen: `a step changes the policy's weights by ${shown(100 * step)} % of their length${rate}, in the median of ${still >= MANY_STEPS ? still : lengths.length} steps ${place(reading)}`,
      why: long
        ? "A few such steps leave nothing of the weights, nor of the region in which the gradient meant anything."
        : "At this rate the policy stays where it is.",
      tryNext: "adam(parameters, { learningRate: 0.001 }), and from there by factors of three",
    });
  };
}

/** The length of a vector in parts. */
function lengthOf(parts: readonly Float32Array[]): number {
  return Math.sqrt(parts.reduce((sum, values) => values.reduce((total, value) => total + value * value, sum), 0));
}
