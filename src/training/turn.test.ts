/** Calls that come from inside a run's own environment or algorithm, or before a promise is settled. */

import { describe, expect, it } from "vitest";
import { defineAlgorithm } from "../algorithms/algorithm.js";
import { reinforce } from "../algorithms/reinforce.js";
import type { AnyEnv } from "../envs/env.js";
import { make } from "../envs/registry.js";
import { ConfigError } from "../errors.js";
import { train } from "./train.js";
import type { Training } from "./types.js";

type Place = "step" | "reset" | "actionMask" | "snapshot";

/** CartPole that calls `meddle` from one of its methods. */
function cartPole(place: Place, meddle: () => void): AnyEnv {
  const env = make("CartPole-v1") as AnyEnv;
  const from = (here: Place): void => {
    if (here === place) meddle();
  };
  return {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    reset(options) {
      from("reset");
      return env.reset(options);
    },
    step(action) {
      from("step");
      return env.step(action);
    },
    actionMask() {
      from("actionMask");
      return [1, 1];
    },
    snapshot() {
      from("snapshot");
      return env.snapshot?.() ?? null;
    },
    restore: (state) => env.restore?.(state),
  };
}

const config = { seed: 3, episodes: 6, options: { hidden: [6] } };

/** The messages of the calls that were refused, and the file of the run that went on. */
function meddled(place: Place, meddle: (run: Training) => unknown): { refused: Set<string>; saved: Uint8Array } {
  const refused = new Set<string>();
  let run: Training | undefined;
  const env = (): AnyEnv =>
    cartPole(place, () => {
      try {
        if (run !== undefined) meddle(run);
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
        refused.add((error as Error).message);
      }
    });
  run = train({ ...config, env });
  for (const _ of run);
  return { refused, saved: run.checkpoint() };
}

const undisturbed = meddled("step", () => {}).saved;

describe("a run at work", () => {
  it.each(["step", "reset", "actionMask"] as const)("refuses to be advanced or saved from inside %s()", (place) => {
    for (const method of ["advance", "checkpoint", "weights"] as const) {
      const { refused, saved } = meddled(place, (run) => run[method]());
      expect([...refused]).toEqual([
        `${method}: got "a call while advance() is at work on this run", allowed is a call after it has returned, so none ` +
          "from inside the run's environment or algorithm",
      ]);
      expect(Buffer.compare(saved, undisturbed)).toBe(0);
    }
  });
  it("refuses to be saved while it is being saved", () => {
    const { refused, saved } = meddled("snapshot", (run) => run.checkpoint());
    expect([...refused][0]).toMatch(/^checkpoint: got "a call while checkpoint\(\) is at work/);
    expect(Buffer.compare(saved, undisturbed)).toBe(0);
  });
  it("refuses a loop over itself, and to be what another run starts from", () => {
    expect([...meddled("step", (run) => [...run]).refused][0]).toMatch(/^advance: got "a call while advance\(\)/);
    expect([...meddled("step", (run) => train({ ...config, from: run })).refused][0]).toMatch(/^checkpoint: /);
  });
  it("may be looked at", () => {
    const { refused, saved } = meddled("step", (run) => [run.result(), run.bestPolicy(), run.best(), run.finished]);
    expect(refused.size).toBe(0);
    expect(Buffer.compare(saved, undisturbed)).toBe(0);
  });
  it("refuses advanceAsync by a rejected promise, and goes on", async () => {
    const answers: Promise<unknown>[] = [];
    const { saved } = meddled("step", (run) => void answers.push(run.advanceAsync()));
    const [first] = await Promise.allSettled(answers);
    expect(first).toMatchObject({ status: "rejected", reason: expect.any(ConfigError) });
    expect(Buffer.compare(saved, undisturbed)).toBe(0);
  });
  it("refuses a call from inside the algorithm's update", () => {
    const calls: unknown[] = [];
    const meddling = defineAlgorithm({
      ...reinforce,
      name: "meddling",
      create(context) {
        const learner = reinforce.create(context);
        return {
          ...learner,
          update(batch, progress) {
            expect(() => run.advance()).toThrow(ConfigError);
            calls.push(expect(() => run.checkpoint()).toThrow("while advance() is at work"));
            return learner.update(batch, progress);
          },
        };
      },
    });
    const run = train({ ...config, algorithm: meddling });
    for (const _ of run);
    expect(calls).toHaveLength(6);
  });
  it("ends with the refusal as the cause where the environment lets it pass", () => {
    let meddle = (): unknown => undefined;
    const run = train({ ...config, env: () => cartPole("step", () => meddle()) });
    run.advance(5);
    meddle = () => run.advance();
    expect(() => run.advance()).toThrow(/^step\(\) of the environment threw at step 1: advance: got "a call while /);
    expect(() => run.advance()).toThrow(/^step\(\) of the environment threw at step 1: /);
  });
  it("refuses every call until the promise of advanceAsync is settled", async () => {
    const run = train(config);
    const promise = run.advanceAsync();
    expect(() => run.advance()).toThrow(
      'advance: got "a call while advanceAsync() is at work on this run", allowed is a call after its promise is settled: await it first',
    );
    await expect(run.advanceAsync()).rejects.toThrow(ConfigError);
    await promise;
    expect(run.advance()?.update).toBe(2);
  });
});

it("a limit that is no number of steps is refused before any work", async () => {
  const run = train({ episodes: 2 });
  for (const [steps, given] of [
    [Number.NaN, "NaN"],
    [-1, "-1"],
    ["5", '"5"'],
    [null, "null"],
  ]) {
    const message = `got ${given}, allowed is a number of steps, 0 or more; without it, a whole update is made`;
    expect(() => run.advance(steps as never)).toThrow(`advance: ${message}`);
    await expect(run.advanceAsync(steps as never)).rejects.toThrow(`advanceAsync: ${message}`);
  }
  expect(run.result().steps).toBe(0);
});
