/** Every kind of action, from the environment through PPO and a checkpoint to evaluation. */

import { describe, expect, it } from "vitest";
import { type Env, make, register } from "../src/envs/index.js";
import type { GeneratorState } from "../src/random/generator-state.js";
import { defaultRng } from "../src/random/index.js";
import { box, discrete, multiBinary, multiDiscrete, type Space } from "../src/spaces/index.js";
import { evaluate } from "../src/training/evaluate.js";
import { loadPolicy, resume, trainNamed } from "../src/training/train.js";

type Signs = Float32Array;
type Act = number | Float32Array | Int32Array | Int8Array;

/** An environment that shows two signs; `pay` gives the reward of the action, at most 0. */
function oneAnswer(
  actionSpace: Space<Act>,
  pay: (action: Act, signs: Signs) => number,
  mask?: (signs: Signs) => number[],
): Env<Signs, Act> {
  const rng = defaultRng(0);
  let signs: Signs = Float32Array.of(1, 1);
  return {
    observationSpace: box({ low: -1, high: 1, shape: [2] }),
    actionSpace,
    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(BigInt(seed));
      signs = Float32Array.from({ length: 2 }, () => 2 * rng.integers(2) - 1);
      return { observation: signs, info: {} };
    },
    step: (action) => ({
      observation: Float32Array.from(signs),
      reward: pay(action, signs),
      terminated: true,
      truncated: false,
      info: {},
    }),
    ...(mask && { actionMask: () => mask(signs) }),
    snapshot: () => ({ signs: [...signs], rng: rng.snapshot() }),
    restore(state) {
      const saved = state as unknown as { signs: number[]; rng: GeneratorState };
      signs = Float32Array.from(saved.signs);
      rng.restore(saved.rng);
    },
  };
}

const on = (sign: number): number => (sign > 0 ? 1 : 0);
const wrong = (action: Act, wanted: number[]): number => {
  const given = typeof action === "number" ? [action] : [...action];
  return -wanted.filter((value, j) => value !== given[j]).length;
};
const far = (action: Act, signs: Signs): number =>
  -(action as Float32Array).reduce((sum, value, j) => sum + (value - 0.5 * signs[j]) ** 2, 0);

/** The forbidden action would pay most, but the environment throws if it is chosen. */
function tempting(action: Act, signs: Signs): number {
  if (action === 5 || action === (signs[0] > 0 ? 6 : 7)) throw new Error(`took ${action}, which the mask rules out`);
  return wrong(action, [signs[1] > 0 ? 8 : signs[0] > 0 ? 7 : 6]);
}

register({
  id: "Masked-v0",
  create: () =>
    oneAnswer(discrete(4, { start: 5 }) as Space<Act>, tempting, (s) => [0, 1 - on(s[0]), on(s[0]), 1]) as never,
});
register({
  id: "Several-v0",
  create: () =>
    oneAnswer(multiDiscrete([2, 3], { start: [1, 0] }), (a, s) => wrong(a, [1 + on(s[0]), 1 + on(s[1])])) as never,
});
register({
  id: "SeveralMasked-v0",
  create: () =>
    oneAnswer(
      multiDiscrete([2, 3]),
      (a, s) => {
        if ((a as Int32Array)[1] === 0) throw new Error("took 0, which the mask rules out");
        return wrong(a, [on(s[0]), 1 + on(s[1])]);
      },
      () => [1, 1, 0, 1, 1],
    ) as never,
});
register({
  id: "Switches-v0",
  create: () => oneAnswer(multiBinary(3), (a, s) => wrong(a, [on(s[0]), on(s[1]), on(s[0] * s[1])])) as never,
});
register({ id: "Numbers-v0", create: () => oneAnswer(box({ low: -1, high: 1, shape: [2] }), far) as never });

const settings = { envs: 8, rolloutSteps: 32, minibatchSize: 64, epochs: 4, learningRate: 0.01, hidden: [16] };

describe.each([
  ["a choice of which some are ruled out", "Masked-v0", {}, -0.001],
  ["several choices", "Several-v0", {}, -0.001],
  ["several choices, one of which is ruled out", "SeveralMasked-v0", {}, -0.001],
  ["switches", "Switches-v0", {}, -0.001],
  ["numbers", "Numbers-v0", {}, -0.02],
  ["squashed numbers", "Numbers-v0", { continuous: "squashed-gaussian", entropyBonus: 1e-4 }, -0.02],
  ["numbers with noise that lasts", "Numbers-v0", { continuous: "state-dependent", noiseSteps: 8, logStd: -2 }, -0.02],
])("%s", (_, env, options, good) => {
  const config = { algorithm: "ppo", env, seed: 1, steps: 12_000, options: { ...settings, ...options } };
  const run = trainNamed(config);
  const updates = [...run];

  it("are learned", () => {
    const { mean } = evaluate(run.policy, makeOf(env), { episodes: 50, deterministic: true });
    expect(mean).toBeGreaterThanOrEqual(good);
    expect(evaluate(run.policy, makeOf(env), { episodes: 50 }).mean).toBeGreaterThan(-1);
    expect(updates.every(({ diagnostics }) => Number.isFinite(diagnostics.entropy))).toBe(true);
  });

  it("go on from a checkpoint to the same weights", () => {
    const first = trainNamed({ ...config, steps: 2_000 });
    for (let update = 0; update < 3; update++) first.advance();
    first.advance(40);
    const again = resume(first.checkpoint());
    for (const _ of first);
    for (const _ of again);
    expect(again.result()).toEqual(first.result());
    const { policy } = loadPolicy(first.checkpoint());
    const act = { deterministic: true, ...(env === "Masked-v0" && { mask: [0, 1, 1, 1] }) };
    for (const signs of [Float32Array.of(1, -1), Float32Array.of(-1, -1)])
      expect(policy.act(signs, act)).toEqual(first.policy.act(signs, act));
  });
});

const makeOf = (id: string): Env<unknown, unknown> => make(id) as Env<unknown, unknown>;
