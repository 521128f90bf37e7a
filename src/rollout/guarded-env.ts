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
  private resetting = false;

  constructor(env: Env<unknown, unknown>) {
    this.env = env;
    this.size = flatSize(env.observationSpace);
  }

  /** The first observation of an episode. */
  reset(seed?: bigint): unknown {
    this.resetting = true;
    const result = this.call("reset()", () => this.env.reset(seed === undefined ? {} : { seed }));
    this.checkObject(result, "reset()", "an object with observation");
    this.checkObservation(result.observation);
    this.resetting = false;
    return result.observation;
  }

  step(action: unknown): StepResult<unknown> {
    this.steps++;
    const result = this.call("step()", () => this.env.step(action));
    this.checkObject(result, "step()", "an object with observation, reward, terminated and truncated");
    const { observation, reward, terminated, truncated } = result;
    if (!Number.isFinite(reward)) this.refuse("reward", reward, "a finite number");
    if (typeof terminated !== "boolean") this.refuse("terminated", terminated, "true or false");
    if (typeof truncated !== "boolean") this.refuse("truncated", truncated, "true or false");
    this.checkObservation(observation);
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

  private call<T>(name: string, run: () => T): T {
    try {
      return run();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new EnvironmentError(`${name} of the environment threw ${this.when()}: ${reason}`, { cause: error });
    }
  }

  private checkObject(result: unknown, name: string, expected: string): void {
    if (typeof result !== "object" || result === null) this.refuse(`from ${name}`, result, expected);
    if (result instanceof Promise) this.refuse(`from ${name}`, result, `${expected}, at once: training does not wait`);
  }

  /** Numbers of a Box may leave its bounds, as Gymnasium lets them; they must be there and be numbers. */
  private checkObservation(observation: unknown): void {
    const space = this.env.observationSpace;
    if (space.kind !== "box") {
      if (!space.contains(observation)) this.refuse("observation", observation, `a value of ${space}`);
      return;
    }
    if (!(observation instanceof Float32Array) || observation.length !== this.size) {
      this.refuse("observation", observation, `a Float32Array of ${this.size}, a value of ${space}`);
    }
    for (let i = 0; i < this.size; i++) {
      if (!Number.isFinite(observation[i])) this.refuse(`observation[${i}]`, observation[i], "a finite number");
    }
  }

  /** Made only for messages: a text a step would cost more than the step. */
  private when(): string {
    return this.resetting ? `at the reset before step ${this.steps + 1}` : `at step ${this.steps}`;
  }

  private refuse(field: string, given: unknown, expected: string): never {
    throw new EnvironmentError(`the environment returned ${field} ${show(given)} ${this.when()}; expected ${expected}`);
  }
}
