import type { Table } from "../envs/tabular.js";
import { ConfigError } from "../errors.js";

/**
 * A finite Markov decision process in numbers. S states and A actions, as the environment numbers them; all arrays row by
 * row, in float64.
 */
export interface Mdp {
  readonly states: number;
  readonly actions: number;
  /** ρ(s), the probability of starting in s: S numbers. */
  readonly start: Float64Array;
  /**
   * P(s′ | s, a), the probability of going on in s′, at (s·A + a)·S + s′. What a row lacks to 1 is the probability that the
   * episode ends there and then: it is the step that ends an episode, whatever state it leads to.
   */
  readonly transitions: Float64Array;
  /** R(s, a), the expected reward, at s·A + a. */
  readonly rewards: Float64Array;
  /** 1 for a state that is only entered by ending an episode: nothing follows it and nothing is paid in it. */
  readonly terminal: Uint8Array;
}

/** A policy as a table: π(a | s) at s·A + a; each row sums to 1. */
export type PolicyTable = Float64Array;

/**
 * The numbers of a table, such as `make("GridWorld-v0").table`. What is not a probability, a state or a finite reward is an
 * error that names the place.
 */
export function mdpOf(table: Table): Mdp {
  const { states, actions } = table;
  const terminal = terminalStates(table);
  const transitions = new Float64Array(states * actions * states);
  const rewards = new Float64Array(states * actions);
  for (let state = 0; state < states; state++) {
    // Some worlds give even their last states a way on.
    if (terminal[state] === 1) continue;
    for (let action = 0; action < actions; action++) {
      const pair = state * actions + action;
      for (const { probability, state: next, reward, terminated } of table.outcomes(state, action)) {
        if (!terminated) transitions[pair * states + next] += probability;
        rewards[pair] += probability * reward;
      }
    }
  }
  return { states, actions, start: Float64Array.from(table.start), transitions, rewards, terminal };
}

/** Checks all of a table; 1 for a state in which episodes end and that is entered in no other way. */
function terminalStates(table: Table): Uint8Array {
  const { states, actions, start } = table;
  checkCount("table.states", states);
  checkCount("table.actions", actions);
  checkProbabilities("table.start", start, states);
  const entered = new Set(start.flatMap((probability, state) => (probability > 0 ? [state] : [])));
  const ended = new Set<number>();
  for (let state = 0; state < states; state++) {
    for (let action = 0; action < actions; action++) {
      const field = `table.outcomes(${state}, ${action})`;
      const outcomes = table.outcomes(state, action);
      checkProbabilities(
        field,
        outcomes.map(({ probability }) => probability),
      );
      for (const { state: next, reward, terminated } of outcomes) {
        if (!Number.isInteger(next) || next < 0 || next >= states)
          throw new ConfigError({
            field: `${field}.state`,
            given: next,
            allowed: `a whole number from 0 to ${states - 1}`,
          });
        if (!Number.isFinite(reward))
          throw new ConfigError({ field: `${field}.reward`, given: reward, allowed: "a finite number" });
        (terminated ? ended : entered).add(next);
      }
    }
  }
  return Uint8Array.from({ length: states }, (_, state) => (ended.has(state) && !entered.has(state) ? 1 : 0));
}

function checkCount(field: string, given: number): void {
  if (!Number.isSafeInteger(given) || given < 1)
    throw new ConfigError({ field, given, allowed: "a whole number of at least 1" });
}

function checkProbabilities(field: string, given: readonly number[], count = given.length): void {
  const total = given.reduce((sum, probability) => sum + probability, 0);
  if (given.length !== count || !given.every((probability) => probability >= 0) || !(Math.abs(total - 1) < 1e-9))
    throw new ConfigError({ field, given, allowed: `${count} probabilities that sum to 1` });
}

/** Throws unless γ is a number from 0 to 1. */
export function checkGamma(gamma: number, field = "gamma"): void {
  if (!(gamma >= 0 && gamma <= 1)) throw new ConfigError({ field, given: gamma, allowed: "a number from 0 to 1" });
}
