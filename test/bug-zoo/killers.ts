/**
 * The same 25 bugs, each planted in one line of the library, with the test that has to fail. `bench/doctor/kills.mjs` runs
 * these tests on a copy of the sources with the bug in it.
 */

/** A bug in the sources, and its test. */
export interface Killer {
  readonly number: number;
  readonly file: string;
  /** A text that stands once in the file, and what replaces it. */
  readonly right: string;
  readonly wrong: string;
  readonly test: string;
}

export const KILLERS: readonly Killer[] = [
  {
    number: 1,
    file: "src/algorithms/ppo.ts",
    right: "weightedSum([-1, gain], [c1, error]",
    wrong: "weightedSum([1, gain], [c1, error]",
    test: "src/algorithms/torch-updates.test.ts",
  },
  {
    number: 2,
    file: "src/algorithms/a2c.ts",
    right: "pi.logProb(actions).mul(",
    wrong: "pi.logProb(actions).detach().mul(",
    test: "src/algorithms/a2c.test.ts",
  },
  {
    number: 3,
    file: "src/algorithms/a2c.ts",
    right: ".mul(tensor(advantages))",
    wrong: ".mul(tensor(returns).sub(values))",
    test: "src/algorithms/a2c.test.ts",
  },
  {
    number: 4,
    file: "src/rollout/returns.ts",
    right: "let nextValue = finalValues[index];",
    wrong: "let nextValue = index > 0 ? finalValues[index - 1] : 0;",
    test: "src/rollout/gae.test.ts",
  },
  {
    number: 5,
    file: "src/rollout/returns.ts",
    right: "segments[i].terminated ? 0",
    wrong: "segments[i].terminated || segments[i].truncated ? 0",
    test: "src/algorithms/actor-critic.test.ts",
  },
  {
    number: 6,
    file: "src/rollout/episodes.ts",
    right: "this.finalObservations.push(finalObservations.slice(",
    wrong: "this.finalObservations.push(env.observations.slice(",
    test: "src/rollout/environments.test.ts",
  },
  {
    number: 7,
    file: "src/rollout/normalise.ts",
    right: "if (n < 2) return;",
    wrong: "",
    test: "src/rollout/normalise.test.ts",
  },
  {
    number: 8,
    file: "src/algorithms/reinforce-advantages.ts",
    right: 'if (options.normalise === "episode")',
    wrong: 'if (options.normalise !== "none")',
    test: "src/algorithms/reinforce.test.ts",
  },
  {
    number: 9,
    file: "src/distributions/categorical.ts",
    right: "entropy: () => entropyOf(logProbs)",
    wrong: "entropy: () => logProbs.exp().mul(logProbs.exp().log()).sum(-1).neg()",
    test: "src/distributions/distributions.test.ts",
  },
  {
    number: 10,
    file: "src/distributions/squashed-gaussian.ts",
    right: "before.logProb(drawn).sub(logSlope(drawn).sum(-1))",
    wrong: "before.logProb(drawn)",
    test: "src/distributions/distributions.test.ts",
  },
  {
    number: 11,
    file: "src/policies/heads/normal-row.ts",
    right: "f32[(action >>> 2) + j] = f32[(mean >>> 2) + j] + exp(f32[spread + j]) * rng.standardNormal();",
    wrong:
      "const u = f32[(mean >>> 2) + j] + exp(f32[spread + j]) * rng.standardNormal();\n        f32[(action >>> 2) + j] = Math.min(1, Math.max(-1, u));",
    test: "src/policies/heads/scale-actions.test.ts",
  },
  {
    number: 12,
    file: "src/algorithms/ppo.ts",
    right: "surrogate(logProb, part.logProbs,",
    wrong: "surrogate(logProb, logProb.detach(),",
    test: "src/algorithms/ppo.test.ts",
  },
  {
    number: 13,
    file: "src/algorithms/ppo.ts",
    right: 'if (over === "minibatch" && !whole) normalise(part.advantages)',
    wrong: 'if (over !== "none" && !whole) normalise(part.advantages)',
    test: "src/algorithms/ppo.test.ts",
  },
  {
    number: 14,
    file: "src/algorithms/ppo.ts",
    right: "valueLoss(values, part.returns, clip)",
    wrong: "valueLoss(values, part.returns.sub(part.values).add(values.detach()), clip)",
    test: "src/algorithms/torch-updates.test.ts",
  },
  {
    number: 15,
    file: "src/policies/row-actor.ts",
    right: "normaliser?.apply((at(features)",
    wrong: "normaliser?.update(features.toArray(), features.shape[0]);\n    normaliser?.apply((at(features)",
    test: "src/policies/observation-normaliser.test.ts",
  },
  {
    number: 16,
    file: "src/rollout/reward-scaling.ts",
    right: "1 / Math.sqrt(moments.variance[0] + EPSILON)",
    wrong: "1",
    test: "src/rollout/reward-scaling.test.ts",
  },
  {
    number: 17,
    file: "src/optim/schedule.ts",
    right: "start + (end - start) * Math.min(1, Math.max(0, progress))",
    wrong: "start + (end - start) * Math.min(1, Math.max(0, 2 * progress))",
    test: "src/optim/optim.test.ts",
  },
  {
    number: 18,
    file: "src/envs/batched/side-by-side.ts",
    right: "rngs[i].reseed(seeds[i])",
    wrong: "rngs[i].reseed(seeds[0])",
    test: "src/rollout/environments.test.ts",
  },
  {
    number: 19,
    file: "src/training/parts.ts",
    right: '[...(forEnv.generateState(copies, "uint64") as BigUint64Array)]',
    wrong: "Array.from({ length: copies }, (_, i) => BigInt(setup.config.seed) + BigInt(i))",
    test: "src/training/seeds.test.ts",
  },
  {
    number: 20,
    file: "src/tensor/shape.ts",
    right: "if (a.length === 0) return b;",
    wrong: "if (a.length === 0 || (b.length === 1 && a[a.length - 1] === 1)) return [...a.slice(0, -1), ...b];",
    test: "src/tensor/misuse.test.ts",
  },
  {
    number: 21,
    file: "src/rollout/minibatches.ts",
    right: "Math.ceil(size / partSize)",
    wrong: "Math.floor(size / partSize)",
    test: "src/rollout/minibatches.test.ts",
  },
  {
    number: 22,
    file: "src/optim/adam.ts",
    right: "root = Math.sqrt(1 - power(beta2, t));",
    wrong: "root = 1;",
    test: "src/optim/optim.test.ts",
  },
  {
    number: 23,
    file: "src/envs/single.ts",
    right: "const observe = (): Float32Array => {\n    const observation = new Float32Array(size);",
    wrong: "const observation = new Float32Array(size);\n  const observe = (): Float32Array => {",
    test: "src/envs/single.test.ts",
  },
  {
    number: 24,
    file: "src/distributions/gaussian.ts",
    right: "const ratio = logStd.sub(other.logStd)",
    wrong: "const ratio = other.logStd.sub(logStd)",
    test: "src/distributions/distributions.test.ts",
  },
  {
    number: 25,
    file: "src/training/player.ts",
    right: "decider.decide(seats, deterministic);",
    wrong: "decider.decide(seats, false);",
    test: "src/training/evaluate.test.ts",
  },
];
