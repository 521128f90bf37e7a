/** An environment whose every answer is checked: what it does wrong gets no further, and is named with its step. */

import type { AnyEnv, Json, ResetResult, StepResult, Value } from "../envs/env.js";
import { ConfigError, show } from "../errors.js";
import { flatSize } from "../spaces/index.js";

/** What an environment did wrong, with the step, the field and the value. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/** Makes an environment. A `ConfigError` about its options stays one. @throws EnvironmentError where making it throws */
export function madeBy(create: () => AnyEnv, name = "the environment"): AnyEnv {
  try {
    return create();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new EnvironmentError(`create() of ${name} threw: ${reasonOf(error)}`, { cause: error });
  }
}

/** The same environment, guarded. `name` stands in its messages: "the environment", or which one of several. */
export function guarded(env: AnyEnv, name = "the environment"): AnyEnv {
  const guard = new Guard(env, name);
  return {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    reset: (options) => guard.reset(options?.seed),
    step: (action) => guard.step(action),
    ...(env.actionMask === undefined ? {} : { actionMask: () => guard.actionMask() }),
    ...(env.snapshot === undefined || env.restore === undefined
      ? {}
      : { snapshot: () => guard.snapshot(), restore: (state: Json) => guard.restore(state) }),
  };
}

class Guard {
  private steps = 0;
  private readonly env: AnyEnv;
  private readonly name: string;
  private readonly size: number;
  private resetting = false;

  constructor(env: AnyEnv, name: string) {
    this.env = env;
    this.name = name;
    this.size = flatSize(env.observationSpace);
  }

  reset(seed: number | bigint | undefined): ResetResult<Value> {
    this.resetting = true;
    const result = this.call("reset()", () => this.env.reset(seed === undefined ? {} : { seed }));
    this.checkObject(result, "reset()", "an object with observation");
    this.checkObservation(result.observation);
    this.resetting = false;
    return result;
  }

  step(action: Value): StepResult<Value> {
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

  actionMask(): ArrayLike<number> {
    return this.call("actionMask()", () => this.env.actionMask?.() ?? []);
  }

  snapshot(): Json {
    return { steps: this.steps, env: this.call("snapshot()", () => this.env.snapshot?.() ?? null) };
  }

  restore(state: Json): void {
    const { steps, env } = state as { steps: number; env: Json };
    if (!Number.isSafeInteger(steps)) throw new RangeError(`a count of steps can't be ${steps}`);
    this.env.restore?.(env);
    this.steps = steps;
  }

  private call<T>(method: string, run: () => T): T {
    try {
      return run();
    } catch (error) {
      const text = `${method} of ${this.name} threw ${this.when()}: ${reasonOf(error)}`;
      throw new EnvironmentError(text, { cause: error });
    }
  }

  private checkObject(result: unknown, method: string, expected: string): void {
    if (typeof result !== "object" || result === null) this.refuse(`from ${method}`, result, expected);
    if (result instanceof Promise)
      this.refuse(`from ${method}`, result, `${expected}, at once: training does not wait`);
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
    throw new EnvironmentError(`${this.name} returned ${field} ${show(given)} ${this.when()}; expected ${expected}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
