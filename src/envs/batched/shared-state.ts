/** Finds copies that share state where their objects differ, such as wrappers of one's own round one environment. */

import { ConfigError } from "../../errors.js";
import type { Json } from "../env.js";

/** What a copy from a function has to be. */
export const OWN_COPY = "a new environment from each call: its copies step side by side, each in an episode of its own";

/** Checks that the first steps of some copies leave the states of those after them alone, as far as snapshots show. */
export class OwnStates {
  private readonly copies: readonly { snapshot?(): Json }[];
  private readonly states: readonly (string | undefined)[];

  /** The copies have been reset, and none has made a step. */
  constructor(copies: readonly { snapshot?(): Json }[]) {
    this.copies = copies;
    this.states = copies.map((copy, i) => (i === 0 ? undefined : stateOf(copy)));
  }

  /** Called before the first step of copy `i`, in order. @throws ConfigError if that of another has changed its state */
  requireUntouched(i: number): void {
    if (i === 0 || stateOf(this.copies[i]) === this.states[i]) return;
    const given = `copies that share state: a step of another copy changed the snapshot of copy ${i}`;
    throw new ConfigError({ field: "create", given, allowed: OWN_COPY });
  }
}

/** As text, because a snapshot may be the state itself; undefined without one, or where saving would fail. */
function stateOf(copy: { snapshot?(): Json }): string | undefined {
  try {
    return JSON.stringify(copy.snapshot?.());
  } catch {
    return undefined;
  }
}
