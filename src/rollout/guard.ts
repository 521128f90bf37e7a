/** Checks the results of an environment, and words the errors. */

import type { Json, ResetResult, StepResult } from "../envs/env.js";
import { show } from "../errors.js";
import { flatSize, type Space } from "../spaces/index.js";

/** An error of an environment. The message names the step, the field and the value. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/** The members that a guard needs of an environment, synchronous or not. */
interface Guarded {
  readonly observationSpace: Space<unknown>;
  snapshot?(): Json;
  restore?(state: Json): void;
}

/** Checks the results of one environment, and counts its steps for messages. */
export class Guard {
  private steps = 0;
  private resetting = false;
  private readonly env: Guarded;
  private readonly name: string;
  private readonly size: number;

  /** `name` appears in messages: "the environment", or "environment 3" if there are several. */
  constructor(env: Guarded, name: string) {
    this.env = env;
    this.name = name;
    this.size = flatSize(env.observationSpace);
  }

  beginReset(): void {
    this.resetting = true;
  }

  beginStep(): void {
    this.steps++;
  }

  checkReset<Obs>(result: ResetResult<Obs>): ResetResult<Obs> {
    this.checkObject(result, "reset()", "an object with observation");
    this.checkObservation(result.observation);
    this.resetting = false;
    return result;
  }

  checkStep<Obs>(result: StepResult<Obs>): StepResult<Obs> {
    this.checkObject(result, "step()", "an object with observation, reward, terminated and truncated");
    const { observation, reward, terminated, truncated } = result;
    if (!Number.isFinite(reward)) this.refuse("reward", reward, "a finite number");
    if (typeof terminated !== "boolean") this.refuse("terminated", terminated, "true or false");
    if (typeof truncated !== "boolean") this.refuse("truncated", truncated, "true or false");
    this.checkObservation(observation);
    return result;
  }

  /** The error for a method that threw, or for a promise that was rejected. */
  thrown(method: string, error: unknown): EnvironmentError {
    return new EnvironmentError(`${method} of ${this.name} threw ${this.when()}: ${reasonOf(error)}`, { cause: error });
  }

  /** The error for a promise that was not settled in time. */
  late(method: string, milliseconds: number): EnvironmentError {
    return new EnvironmentError(`${method} of ${this.name} gave no answer within ${milliseconds} ms ${this.when()}`);
  }

  snapshot(): Json {
    return { steps: this.steps, env: this.call("snapshot()", () => this.env.snapshot?.() ?? null) };
  }

  /** Calls a synchronous method. @throws EnvironmentError if it throws */
  call<T>(method: string, run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw this.thrown(method, error);
    }
  }

  restore(state: Json): void {
    const { steps, env } = state as { steps: number; env: Json };
    if (!Number.isSafeInteger(steps)) throw new RangeError(`a count of steps can't be ${steps}`);
    this.env.restore?.(env);
    this.steps = steps;
  }

  private checkObject(result: unknown, method: string, expected: string): void {
    if (typeof result !== "object" || result === null) this.refuse(`from ${method}`, result, expected);
    if (result instanceof Promise)
      this.refuse(`from ${method}`, result, `${expected}; an asynchronous environment says asynchronous: true`);
  }

  /** Numbers of a Box may exceed its bounds, as in Gymnasium, but must be finite. */
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

  /** Computed only for messages: making this text at each step would take longer than the step. */
  private when(): string {
    return this.resetting ? `at the reset before step ${this.steps + 1}` : `at step ${this.steps}`;
  }

  private refuse(field: string, given: unknown, expected: string): never {
    throw new EnvironmentError(`${this.name} returned ${field} ${show(given)} ${this.when()}; expected ${expected}`);
  }
}

/** Causes that a message names: one that is its own cause must come to an end. */
const MOST_CAUSES = 3;

/** The message of an error and of its causes: `fetch` only says "fetch failed", and its cause says why. */
export function reasonOf(error: unknown, causes = MOST_CAUSES): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const own = error.message || codeOf(error) || error.name;
  return cause instanceof Error && causes > 0 ? `${own}: ${reasonOf(cause, causes - 1)}` : own;
}

/** The code of an error without a message: Node's for a refused connection has nothing else, such as ECONNREFUSED. */
function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "";
}
