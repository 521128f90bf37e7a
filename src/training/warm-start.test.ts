import { describe, expect, it } from "vitest";
import { readArrays } from "../formats/safetensors.js";
import { resume, train, trainNamed } from "./train.js";
import type { Training } from "./types.js";

const options = { envs: 2, rolloutSteps: 16, hidden: [5], minibatchSize: 16, epochs: 1, normaliseObservations: true };
const ppo = { algorithm: "ppo", steps: 200, options } as const;

function finish<T extends Training>(run: T): T {
  for (const _ of run);
  return run;
}

/** The arrays of a run that learning changes, by name. */
function learned(run: Training): Record<string, number[]> {
  const arrays = [...readArrays(run.checkpoint()).arrays].filter(([name]) => /^(weights|normaliser)\./.test(name));
  return Object.fromEntries(arrays.map(([name, { values }]) => [name, [...values]]));
}

describe("a run from learned weights", () => {
  const source = finish(train({ ...ppo, seed: 1 }));

  it("starts with the policy, the value function and the normaliser of another, and nothing else", () => {
    for (const from of [source, source.checkpoint()]) {
      const run = train({ ...ppo, from, seed: 9, options: { ...options, learningRate: 1e-5 } });
      expect(learned(run)).toEqual(learned(source));
      expect(run.config.from).toBe(source.result().weightsSha256);
      expect(run.result()).toMatchObject({ updates: 0, steps: 0, episodes: 0 });
    }
    expect(source.config.from).toBeNull();
  });
  it("is resumed from its own checkpoint, without the source", () => {
    const start = (): Training => train({ ...ppo, from: source, seed: 9 });
    const whole = finish(start());
    const first = start();
    first.advance(50);
    const second = resume(first.checkpoint());
    expect(second.config).toEqual(first.config);
    expect(finish(second).result()).toEqual(whole.result());
    expect(whole.result().weightsSha256).not.toBe(finish(train({ ...ppo, seed: 9 })).result().weightsSha256);
  });
  it("from a policy alone has a new value function", () => {
    const long = finish(train({ ...ppo, seed: 1, steps: 3000 }));
    const run = train({ ...ppo, from: long.bestPolicy()!, seed: 9 });
    const fresh = train({ ...ppo, seed: 9 });
    const ours = learned(run);
    const anew = learned(fresh);
    const best = readArrays(long.bestPolicy()!).arrays;
    for (const [name, values] of Object.entries(ours)) {
      expect(values).toEqual(name.startsWith("weights.value.") ? anew[name] : [...best.get(name)!.values]);
    }
    expect(Object.keys(ours).filter((name) => name.startsWith("weights.value."))).toHaveLength(4);
  });
  it("may have another algorithm, and another environment with the same spaces", () => {
    const { normaliseObservations: _, ...raw } = options;
    const ours = finish(train({ ...ppo, options: raw, seed: 1 }));
    const { hidden, envs, rolloutSteps } = options;
    const a2c = train({ algorithm: "a2c", env: "CartPole-v0", from: ours, options: { hidden, envs, rolloutSteps } });
    expect(learned(a2c)).toEqual(learned(ours));
    const plain = { hidden, baseline: "none", episodesPerUpdate: 1 } as const;
    const reinforce = train({ from: ours, options: plain });
    expect(learned(reinforce)).toEqual(
      Object.fromEntries(Object.entries(learned(ours)).filter(([name]) => name.startsWith("weights.policy."))),
    );
  });
  it.each<[string, object, string]>([
    [
      "layers of another size",
      { options: { ...options, hidden: [6] } },
      'from: got "policy.0.weights as [4, 5]", allowed is policy.0.weights as [4, 6], which this run has; set options: { hidden: [5] }',
    ],
    ["one layer more", { options: { ...options, hidden: [5, 5] } }, "set options: { hidden: [5] }"],
    [
      "another environment",
      { env: "Acrobot-v1" },
      'from: got "policy.0.weights as [4, 5]", allowed is policy.0.weights as [6, 5], which this run has; the environments',
    ],
    [
      "observations that are not normalised",
      { options: { ...options, normaliseObservations: false } },
      "set options: { normaliseObservations: true }",
    ],
    [
      "one layer less",
      {
        algorithm: "reinforce",
        from: train({ options: { hidden: [5, 2], baseline: "none" } }),
        options: { hidden: [5], baseline: "none" },
      },
      'from: got "policy.2.weights as [2, 2]", allowed is policy.2.weights as nothing, which this run has; set options: { hidden: [5,2] }',
    ],
    ["no checkpoint", { from: 5 }, "from: got 5, allowed is a run, or the bytes of its checkpoint() or bestPolicy()"],
    ["other bytes", { from: new Uint8Array(9) }, "this is not a usable checkpoint"],
  ])("with %s is an error that says what to do", (_, change, message) => {
    expect(() => trainNamed({ ...ppo, from: source, ...change })).toThrow(message);
  });
});
