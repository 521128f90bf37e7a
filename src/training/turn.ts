/** Lets one piece of work on a run be done at a time, and keeps the error that stopped the run. */

import { ConfigError } from "../errors.js";

/**
 * A method that works on a run takes the turn. Environments and algorithms are the user's code, and a method called from
 * inside them would find the run in the middle of a step.
 */
export class Turn {
  /** The method at work. */
  private holder: string | undefined;
  /** The error that stopped the run. Its state is in doubt from then on, so it can be neither advanced nor saved. */
  private failure: unknown;

  /** Does the work of a method. @throws ConfigError while another is at work @throws the error that stopped the run */
  take<T>(method: string, work: () => T): T {
    this.begin(method);
    try {
      return work();
    } finally {
      this.holder = undefined;
    }
  }

  /** The same for work that waits. */
  async takeAsync<T>(method: string, work: () => Promise<T>): Promise<T> {
    this.begin(method);
    try {
      return await work();
    } finally {
      this.holder = undefined;
    }
  }

  /** Does work after whose failure the run can't go on. */
  risk<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  /** The same for work that waits. */
  async riskAsync<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  /** @throws ConfigError unless it is a number of steps that work may be limited to */
  requireSteps(method: string, steps: unknown): void {
    if (typeof steps === "number" && steps >= 0) return;
    const allowed = "a number of steps, 0 or more; without it, a whole update is made";
    throw new ConfigError({ field: method, given: steps, allowed });
  }

  private begin(method: string): void {
    if (this.failure !== undefined) throw this.failure;
    const { holder } = this;
    if (holder !== undefined) {
      const given = `a call while ${holder}() is at work on this run`;
      const allowed =
        holder === "advanceAsync"
          ? "a call after its promise is settled: await it first"
          : "a call after it has returned, so none from inside the run's environment or algorithm";
      throw new ConfigError({ field: method, given, allowed });
    }
    this.holder = method;
  }
}
