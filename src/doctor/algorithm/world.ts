/** The worlds of the probes: tiny environments, each made from its rules. */

import type { AnyEnv, Value } from "../../envs/env.js";
import { defaultRng, type Generator } from "../../random/index.js";
import { box, discrete, type Space } from "../../spaces/index.js";

/** What an action led to. Without a next state, the episode is over. */
export interface Outcome<State> {
  readonly reward: number;
  readonly next?: State;
  /** Whether a time limit cuts the episode in the next state. */
  readonly cut?: boolean;
}

/** The rules of a world whose observation is one number from -1 to 1. */
export interface Rules<State> {
  /** Default: the actions 0 and 1. */
  readonly actionSpace?: Space<Value>;
  begin(rng: Generator): State;
  observe(state: State): number;
  act(state: State, action: Value): Outcome<State>;
  mask?(state: State): readonly number[];
}

/** An environment with these rules. */
export function worldOf<State>(rules: Rules<State>): AnyEnv {
  const rng = defaultRng(0);
  let state: State;
  const seen = () => ({ observation: Float32Array.of(rules.observe(state)), info: {} });
  return {
    observationSpace: box({ low: -1, high: 1, shape: [1] }),
    actionSpace: rules.actionSpace ?? discrete(2),
    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      state = rules.begin(rng);
      return seen();
    },
    step(action) {
      const { reward, next, cut = false } = rules.act(state, action);
      const terminated = next === undefined;
      if (!terminated) state = next;
      return { ...seen(), reward, terminated, truncated: cut && !terminated };
    },
    ...(rules.mask && { actionMask: () => rules.mask?.(state) ?? [] }),
  };
}

/** 1 or -1, each half of the time. */
export function drawSign(rng: Generator): number {
  return 2 * rng.integers(2) - 1;
}
