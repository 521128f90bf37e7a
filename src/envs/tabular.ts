import { ConfigError } from "../errors.js";
import { defaultRng, type Generator } from "../random/generator.js";
import type { Scene } from "../scene/scene.js";
import { type Discrete, discrete } from "../spaces/discrete.js";
import type { Env } from "./env.js";
import { noResetOptions } from "./no-reset-options.js";
import { ResetNeeded } from "./reset-needed.js";
import { readSnapshot } from "./snapshot.js";

/** One possible result of an action. */
export interface Outcome {
  readonly probability: number;
  readonly state: number;
  readonly reward: number;
  readonly terminated: boolean;
}

/**
 * The complete model of a world of finitely many states: where it starts, and the outcomes of each action in each
 * state.
 */
export interface Table {
  readonly states: number;
  readonly actions: number;
  /** The probability of starting in each state. */
  readonly start: readonly number[];
  /** The possible outcomes. Their probabilities sum to 1. */
  outcomes(state: number, action: number): readonly Outcome[];
}

/** An environment whose rules are known. `table` is for methods that compute with the model. */
export interface TabularEnv extends Env<number, number, Discrete, Discrete> {
  readonly table: Table;
}

/** Draws an index with these probabilities: the first whose running sum exceeds one uniform number, as in Gymnasium. */
export function drawIndex(probabilities: readonly number[], rng: Generator): number {
  const uniform = rng.random();
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    sum += probabilities[i];
    if (sum > uniform) return i;
  }
  return 0;
}

/** Draws an outcome in the same way. */
export function drawOutcome(outcomes: readonly Outcome[], rng: Generator): Outcome {
  const uniform = rng.random();
  let sum = 0;
  for (const outcome of outcomes) {
    sum += outcome.probability;
    if (sum > uniform) return outcome;
  }
  return outcomes[0];
}

/** Computes outcomes when they are first asked for: a large map takes time for what is visited of it, and keeps that. */
export function remembered(states: number, outcomes: Table["outcomes"]): Table["outcomes"] {
  const known: (readonly Outcome[])[][] = new Array(states);
  return (state, action) => {
    known[state] ??= [];
    known[state][action] ??= outcomes(state, action);
    return known[state][action];
  };
}

/**
 * An environment that follows a table. The observation is the state's number; `info.prob` is the outcome's probability.
 */
export function tabular(
  table: Table,
  { draw }: { draw: (state: number, lastAction: number | undefined) => Scene },
): TabularEnv {
  const { states, actions } = table;
  const actionSpace = discrete(actions);
  const rng = defaultRng(0);
  let state = 0;
  let lastAction = -1;
  let running = false;
  return {
    table,
    observationSpace: discrete(states),
    actionSpace,
    reset({ seed, options } = {}) {
      noResetOptions(options);
      if (seed !== undefined) rng.reseed(seed);
      state = drawIndex(table.start, rng);
      lastAction = -1;
      running = true;
      return { observation: state, info: { prob: 1 } };
    },
    step(action) {
      if (!running) throw new ResetNeeded();
      if (!actionSpace.contains(action))
        throw new ConfigError({ field: "action", given: action, allowed: `a value of ${actionSpace}` });
      const outcome = drawOutcome(table.outcomes(state, action), rng);
      state = outcome.state;
      lastAction = action;
      running = !outcome.terminated;
      return {
        observation: state,
        reward: outcome.reward,
        terminated: outcome.terminated,
        truncated: false,
        info: { prob: outcome.probability },
      };
    },
    render: () => draw(state, lastAction < 0 ? undefined : lastAction),
    snapshot: () => ({ running, state, lastAction, rng: rng.snapshot() }),
    restore(snapshot) {
      const read = readSnapshot(snapshot);
      const saved = { state: read.integer("state", 0, states - 1), running: read.flag("running") };
      lastAction = read.integer("lastAction", -1, actions - 1);
      rng.restore(read.json("rng"));
      ({ state, running } = saved);
    },
  };
}
