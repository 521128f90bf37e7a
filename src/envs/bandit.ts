/**
 * Bandit: pull one of k arms and receive its reward; the episode is over.
 *
 * A Gaussian arm pays its mean plus normal noise; a Bernoulli arm pays 1 with its mean as probability. Without `means`,
 * the means are drawn with `problem` as seed (standard normal, or uniform between 0 and 1): the ten-armed testbed of
 * Sutton and Barto, section 2.3. `info.regret` is the difference between the best mean and the mean of the chosen arm.
 */

import { ConfigError } from "../errors.js";
import { choice, int, real, type Schema, text, type Values } from "../options.js";
import { defaultRng } from "../random/generator.js";
import { discrete } from "../spaces/discrete.js";
import { drawArms } from "./bandit-scene.js";
import { defineEnv } from "./env-spec.js";
import { noResetOptions } from "./no-reset-options.js";
import { ResetNeeded } from "./reset-needed.js";
import { packFloats, readSnapshot } from "./snapshot.js";
import type { Outcome, TabularEnv } from "./tabular.js";

const options = {
  arms: choice("gaussian", { choices: ["gaussian", "bernoulli"], help: "how an arm pays" }),
  k: int(10, { min: 1, max: 1000, help: "number of arms, unless means are given" }),
  means: text("", {
    meaning: "numbers with / between them, such as 0.2/0.5/0.9",
    help: "what each arm pays on average; empty: drawn from the problem",
  }),
  problem: int(0, { min: 0, help: "seed of the means that are drawn" }),
  std: real(1, { min: 0, help: "standard deviation of what a Gaussian arm pays" }),
} satisfies Schema;

/**
 * `table` is the model. For Bernoulli arms it is exact. For Gaussian arms it holds only the mean rewards, on which
 * values and gradients depend.
 */
export interface Bandit extends TabularEnv {
  readonly means: readonly number[];
}

function create({ arms, k, means: given, problem, std }: Values<typeof options>): Bandit {
  const means = given === "" ? drawMeans(arms, k, problem) : readMeans(given, arms);
  const best = means.reduce((a, b) => Math.max(a, b));
  const actionSpace = discrete(means.length);
  const rng = defaultRng(0);
  const last = Float64Array.of(-1, 0);
  let running = false;

  const pay = (arm: number): number => {
    if (arms === "gaussian") return means[arm] + std * rng.standardNormal();
    return rng.random() < means[arm] ? 1 : 0;
  };
  const outcomes = (arm: number): Outcome[] => {
    const paid = (probability: number, reward: number): Outcome => ({
      probability,
      state: 0,
      reward,
      terminated: true,
    });
    if (arms === "gaussian") return [paid(1, means[arm])];
    return [paid(means[arm], 1), paid(1 - means[arm], 0)].filter(({ probability }) => probability > 0);
  };

  return {
    means,
    table: { states: 1, actions: means.length, start: [1], outcomes: (_, arm) => outcomes(arm) },
    observationSpace: discrete(1),
    actionSpace,
    reset({ seed, options: settings } = {}) {
      noResetOptions(settings);
      if (seed !== undefined) rng.reseed(seed);
      last.set([-1, 0]);
      running = true;
      return { observation: 0, info: {} };
    },
    step(arm) {
      if (!running) throw new ResetNeeded();
      if (!actionSpace.contains(arm))
        throw new ConfigError({ field: "action", given: arm, allowed: `a value of ${actionSpace}` });
      const reward = pay(arm);
      last.set([arm, reward]);
      running = false;
      return { observation: 0, reward, terminated: true, truncated: false, info: { regret: best - means[arm] } };
    },
    render: () => drawArms(means, last[0] < 0 ? undefined : { arm: last[0], reward: last[1] }),
    snapshot: () => ({ running, last: [packFloats(last)], rng: rng.snapshot() }),
    restore(snapshot) {
      const read = readSnapshot(snapshot);
      const isRunning = read.flag("running");
      read.columns("last", [last]);
      rng.restore(read.json("rng"));
      running = isRunning;
    },
  };
}

function drawMeans(arms: "gaussian" | "bernoulli", k: number, problem: number): readonly number[] {
  const rng = defaultRng(problem);
  return Array.from(arms === "gaussian" ? rng.standardNormal(k) : rng.random(k));
}

function readMeans(given: string, arms: "gaussian" | "bernoulli"): readonly number[] {
  const means = given
    .split("/")
    .map((word) => (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(word) ? Number(word) : NaN));
  const isAllowed = (mean: number): boolean =>
    Number.isFinite(mean) && (arms === "gaussian" || (mean >= 0 && mean <= 1));
  if (!means.every(isAllowed)) {
    const kind = arms === "gaussian" ? "numbers" : "probabilities";
    throw new ConfigError({
      field: "options.means",
      given,
      allowed: `${kind} with / between them, such as 0.2/0.5/0.9`,
    });
  }
  return means;
}

/** The spec of Bandit-v0, for `register` of `ascent/lean`. */
export const bandit = defineEnv({
  id: "Bandit-v0",
  summary: "pull the best of k arms, one pull an episode",
  options,
  create,
});
