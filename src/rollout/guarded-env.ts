/** An environment whose every answer is checked: what it does wrong gets no further, and is named with its step. */

import type { Env, Json, StepResult } from "../envs/env.js";
import { show } from "../errors.js";
import { flatSize } from "../spaces/index.js";

/** What an environment did wrong, with the step, the field and the value. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

export class GuardedEnv {
  /** Steps taken since the start of the run. */
  steps = 0;
  private readonly env: Env<unknown, unknown>;
  private readonly size: number;

  constructor(env: Env<unknown, unknown>) {
    this.env = env;
    this.size = flatSize(env.observationSpace);
  }

  /** The first observation of an episode. */
  reset(seed?: bigint): unknown {
    const when = `at the reset before step ${this.steps + 1}`;
    const result = this.call("reset()", when, () => this.env.reset(seed === undefined ? {} : { seed }));
    this.checkObject(result, "reset()", when, "an object with observation");
    this.checkObservation(result.observation, when);
    return result.observation;
  }

  step(action: unknown): StepResult<unknown> {
    this.steps++;
    const when = `at step ${this.steps}`;
    const result = this.call("step()", when, () => this.env.step(action));
    this.checkObject(result, "step()", when, "an object with observation, reward, terminated and truncated");
    const { observation, reward, terminated, truncated } = result;
    if (!Number.isFinite(reward)) refuse("reward", reward, when, "a finite number");
    if (typeof terminated !== "boolean") refuse("terminated", terminated, when, "true or false");
    if (typeof truncated !== "boolean") refuse("truncated", truncated, when, "true or false");
    this.checkObservation(observation, when);
    return result;
  }

  snapshot(): Json {
    if (this.env.snapshot === undefined || this.env.restore === undefined) {
      throw new EnvironmentError(
        "this environment has no snapshot() and restore(), so its runs can't be saved and resumed exactly",
      );
    }
    return this.env.snapshot();
  }

  restore(state: Json, steps: number): void {
    this.env.restore?.(state);
    this.steps = steps;
  }

  private call<T>(name: string, when: string, run: () => T): T {
    try {
      return run();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new EnvironmentError(`${name} of the environment threw ${when}: ${reason}`, { cause: error });
    }
  }

  private checkObject(result: unknown, name: string, when: string, expected: string): void {
    if (typeof result !== "object" || result === null) refuse(`from ${name}`, result, when, expected);
    if (result instanceof Promise) refuse(`from ${name}`, result, when, `${expected}, at once: training does not wait`);
  }

  /** Numbers of a Box may leave its bounds, as Gymnasium lets them; they must be there and be numbers. */
  private checkObservation(observation: unknown, when: string): void {
    const space = this.env.observationSpace;
    if (space.kind !== "box") {
      if (!space.contains(observation)) refuse("observation", observation, when, `a value of ${space}`);
      return;
    }
    if (!(observation instanceof Float32Array) || observation.length !== this.size) {
      refuse("observation", observation, when, `a Float32Array of ${this.size}, a value of ${space}`);
    }
    for (let i = 0; i < this.size; i++) {
      if (!Number.isFinite(observation[i])) refuse(`observation[${i}]`, observation[i], when, "a finite number");
    }
  }
}

function refuse(field: string, given: unknown, when: string, expected: string): never {
  throw new EnvironmentError(`the environment returned ${field} ${show(given)} ${when}; expected ${expected}`);
}
