/** Requirements on every registered algorithm. */

import { describe, expect, it } from "vitest";
import { algorithmEntry, listAlgorithms } from "../src/algorithms/registry.js";
import { envEntry, make } from "../src/envs/index.js";
import { ROBOT_IDS } from "../src/mujoco/robots.js";
import { resolveOptions } from "../src/options.js";
import { registerBuiltIns } from "../src/training/built-ins.js";
import { presetFor, resolveConfig } from "../src/training/config.js";
import { evaluate } from "../src/training/evaluate.js";
import { loadPolicy, resume, trainNamed } from "../src/training/train.js";
import type { NamedConfig, Training, Update } from "../src/training/types.js";

// `resolveConfig` is a part of a run, for which `train` does this.
registerBuiltIns();

/** Small and quick options that switch on all state of a checkpoint. An algorithm gets those that it has. */
const small: Readonly<Record<string, unknown>> = {
  hidden: [6],
  envs: 3,
  rolloutSteps: 17,
  minibatchSize: 20,
  epochs: 2,
  valueSteps: 2,
  episodesPerUpdate: 2,
  normaliseObservations: true,
  scaleRewards: true,
  entropyBonus: 0.01,
  learningRate: 0.01,
};

function smallConfig(algorithm: string, env: string): NamedConfig & { readonly options: Record<string, unknown> } {
  const known = Object.entries(small).filter(([name]) => name in algorithmEntry(algorithm).options);
  const envOptions = { maxEpisodeSteps: 23 };
  return { algorithm, env, envOptions, seed: 4, steps: 400, stopWhenSolved: false, options: Object.fromEntries(known) };
}

const worked = (run: Training): Update[] => [...run];

function expectSameBytes(a: Uint8Array, b: Uint8Array): void {
  expect(Buffer.compare(a, b)).toBe(0);
}

describe.each(listAlgorithms().map(({ name }) => name))("%s", (name) => {
  const algorithm = algorithmEntry(name);

  it("is known by its own name, and says what it is", () => {
    expect(algorithm.name).toBe(name);
    expect(algorithm.summary).toMatch(/^[a-zA-Z].{20,}[^.]$/);
    for (const option of Object.values(algorithm.options)) expect(option.help.length).toBeGreaterThan(10);
  });

  it("has presets that are valid, end, and are for environments that exist", () => {
    for (const [preset, { options, summary, envs = {} }] of Object.entries(algorithm.presets)) {
      expect(summary.length).toBeGreaterThan(10);
      expect(resolveOptions(algorithm.options, options)).toMatchObject(options);
      // Robots are registered when MuJoCo is there: see `mujoco.test.ts`.
      for (const env of Object.keys(envs).filter((id) => !ROBOT_IDS.includes(id))) {
        expect(envEntry(env).id).toBe(env);
        const own = presetFor(algorithm, preset, env);
        const config = resolveConfig({ algorithm: name, preset, env });
        expect(config.options).toMatchObject(own.options);
        expect(config.options).toMatchObject({ ...options, ...envs[env].options });
      }
      if (algorithm.presets[preset].onlyThese) continue;
      const { episodes, steps } = resolveConfig({ algorithm: name, preset });
      expect((episodes ?? 0) + (steps ?? 0)).toBeGreaterThan(0);
    }
  });

  it.each(["CartPole-v1", "Pendulum-v1", "FrozenLake-v1", "MountainCarContinuous-v0"])(
    "reports finite figures on %s",
    (env) => {
      const run = trainNamed(smallConfig(name, env));
      const updates = worked(run);
      expect(updates.length).toBeGreaterThan(3);
      for (const { diagnostics } of updates) {
        expect(Object.keys(diagnostics)).toEqual(Object.keys(updates[0].diagnostics));
        expect(diagnostics).toMatchObject({
          loss: expect.any(Number),
          entropy: expect.any(Number),
          gradientNorm: expect.any(Number),
          learningRate: expect.any(Number),
        });
        for (const [figure, value] of Object.entries(diagnostics)) expect(value, figure).toSatisfy(Number.isFinite);
        expect(diagnostics.gradientNorm).toBeGreaterThanOrEqual(0);
      }
      const { actionSpace, observationSpace } = make(env);
      const action = run.policy.act(make(env).reset({ seed: 1 }).observation);
      expect(actionSpace.contains(action), `${action} of ${observationSpace}`).toBe(true);
    },
  );

  it("changes every weight, and the names differ", () => {
    const run = trainNamed({ ...smallConfig(name, "Pendulum-v1"), steps: 2000 });
    const before = run.policy.parameters().map((p) => p.toArray());
    for (const _ of run);
    const weights = run.policy.parameters();
    weights.forEach((p, i) => void expect(p.toArray(), p.name).not.toEqual(before[i]));
    expect(new Set(weights.map((p) => p.name)).size).toBe(weights.length);
  });

  it.each(["CartPole-v1", "Pendulum-v1"])(
    "gives the same bits for the same seed, and others for another: %s",
    (env) => {
      const config = smallConfig(name, env);
      const a = trainNamed(config);
      const b = trainNamed(config);
      const c = trainNamed({ ...config, seed: 5 });
      expect(worked(a)).toEqual(worked(b));
      for (const _ of c);
      expectSameBytes(a.checkpoint(), b.checkpoint());
      expect(a.result().weightsSha256).toBe(b.result().weightsSha256);
      expect(a.result().weightsSha256).not.toBe(c.result().weightsSha256);
    },
  );

  it.each(["CartPole-v1", "Pendulum-v1", "Blackjack-v1", "MountainCarContinuous-v0"])(
    "goes on from a checkpoint in the middle of a rollout as if nothing had happened: %s",
    (env) => {
      const noise = "noiseSteps" in algorithm.options ? { continuous: "state-dependent", noiseSteps: 5 } : {};
      const config = smallConfig(name, env);
      const options = { ...config.options, ...(env === "MountainCarContinuous-v0" ? noise : {}) };
      const whole = trainNamed({ ...config, options });
      const updates = worked(whole);
      let stopped = trainNamed({ ...config, options });
      for (const steps of [1, 13, 40, 3, 77, 5]) {
        for (let taken = 0; taken < steps; taken += 3) stopped.advance(Math.min(3, steps - taken));
        const saved = stopped.checkpoint();
        stopped = resume(saved);
        expectSameBytes(stopped.checkpoint(), saved);
      }
      // A checkpoint completes a started update, which the resumed run does not report again.
      const known = stopped.result().updates;
      expect(known).toBeLessThan(updates.length);
      expect(worked(stopped)).toEqual(updates.slice(known));
      expect(stopped.result()).toEqual(whole.result());
      expectSameBytes(stopped.checkpoint(), whole.checkpoint());
    },
  );

  it("acts with the policy of its checkpoint as with its own", () => {
    const run = trainNamed(smallConfig(name, "Pendulum-v1"));
    for (const _ of run);
    const { policy } = loadPolicy(run.checkpoint());
    const returns = [policy, run.policy].map(
      (one) => evaluate(one, make("Pendulum-v1"), { episodes: 2, seed: 3 }).returns,
    );
    expect(returns[0]).toEqual(returns[1]);
  });

  it("ends at the end of the update in which its steps are used up", () => {
    const run = trainNamed({ ...smallConfig(name, "CartPole-v1"), steps: 100 });
    const steps = worked(run).map((update) => update.steps);
    expect(steps.at(-1)).toBeGreaterThanOrEqual(100);
    expect(steps.at(-2) ?? 0).toBeLessThan(100);
    expect([run.finished, run.advance()]).toEqual([true, undefined]);
    if ("rolloutSteps" in algorithm.options) expect(steps).toEqual([51, 102]);
  });

  it("ends when its episodes are used up first", () => {
    const run = trainNamed({ ...smallConfig(name, "CartPole-v1"), steps: 100_000, episodes: 7 });
    const episodes = worked(run).map((update) => update.episodes);
    expect(episodes.at(-1)).toBeGreaterThanOrEqual(7);
    expect(episodes.at(-2) ?? 0).toBeLessThan(7);
    expect(run.finished).toBe(true);
  });

  it("learns what to do in each of two states", () => {
    const options = {
      hidden: [16],
      learningRate: 0.02,
      ...("rolloutSteps" in algorithm.options ? { rolloutSteps: 16 } : { episodesPerUpdate: 16 }),
    };
    const run = trainNamed({
      algorithm: name,
      env: "OneStep-v0",
      seed: 1,
      steps: 4000,
      stopWhenSolved: false,
      options,
    });
    for (const _ of run);
    expect([0, 1].map((state) => run.policy.act(state, { deterministic: true }))).toEqual([0, 1]);
    // The best return is 1 in one state and 3 in the other, 2 on average; random actions get 1.
    expect(run.result().averageReturn).toBeGreaterThan(1.6);
  });
});
