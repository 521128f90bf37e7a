import type { Table } from "../envs/tabular.js";
import { ConfigError } from "../errors.js";

/**
 * The arrays of a finite Markov decision process with S states and A actions, numbered as in the environment. All
 * arrays are in row-major order, in float64.
 */
export interface Mdp {
  readonly states: number;
  readonly actions: number;
  /** ρ(s), the probability of starting in s: S numbers. */
  readonly start: Float64Array;
  /**
   * P(s′ | s, a), the probability that the episode continues in s′, at (s·A + a)·S + s′. The rest of a row to 1 is the
   * probability that this step ends the episode, whatever state it leads to.
   */
  readonly transitions: Float64Array;
  /** R(s, a), the expected reward, at s·A + a. */
  readonly rewards: Float64Array;
  /** 1 for a state that is entered only by ending an episode. Nothing follows it, and it pays nothing. */
  readonly terminal: Uint8Array;
}

/** A policy as a table: π(a | s) at s·A + a. Each row sums to 1. */
export type PolicyTable = Float64Array;

/**
 * The arrays of a table, such as `make("GridWorld-v0").table`.
 *
 * @throws ConfigError naming the place of an invalid probability, state or reward
 */
export function mdpOf(table: Table): Mdp {
  const { states, actions } = table;
  const terminal = terminalStates(table);
  const transitions = new Float64Array(states * actions * states);
  const rewards = new Float64Array(states * actions);
  for (let state = 0; state < states; state++) {
    // Some worlds define outcomes even for terminal states.
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

/** Checks the whole table. Returns 1 for each state in which episodes end and that is entered in no other way. */
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

/** @throws ConfigError unless γ is a number from 0 to 1 */
export function checkGamma(gamma: number, field = "gamma"): void {
  if (!(gamma >= 0 && gamma <= 1)) throw new ConfigError({ field, given: gamma, allowed: "a number from 0 to 1" });
}
