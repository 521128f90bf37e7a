/** Zero-sum games in one move: what the row player wins the column player loses. */

import { ConfigError } from "../errors.js";

/** What the row player wins, by row and column, such as `ROCK_PAPER_SCISSORS` of `ascent/envs`. */
export type Payoff = readonly (readonly number[])[];

/** Probabilities over moves. */
export type Strategy = ArrayLike<number>;

/** What each row wins on average against a mixed column: A y. */
export function rowPayoffs(payoff: Payoff, column: Strategy): Float64Array {
  return Float64Array.from(payoff, (row) => row.reduce((sum, value, j) => sum + value * column[j], 0));
}

/** What each column loses on average against a mixed row: xᵀ A. */
export function columnPayoffs(payoff: Payoff, row: Strategy): Float64Array {
  return Float64Array.from(payoff[0], (_, j) => payoff.reduce((sum, values, i) => sum + row[i] * values[j], 0));
}

/** The row player's best move against a mixed column, the first of several, and what it wins. */
export function bestResponse(payoff: Payoff, column: Strategy): { readonly move: number; readonly value: number } {
  checkStrategy(column, payoff[0].length, "column");
  const wins = rowPayoffs(payoff, column);
  const value = Math.max(...wins);
  return { move: wins.indexOf(value), value };
}

/**
 * What two strategies give away to best responses, the mean of both:
 *
 *   (maxᵢ (A y)ᵢ − minⱼ (xᵀ A)ⱼ) / 2
 *
 * 0 exactly at an equilibrium. With one strategy, both play it: in a symmetric game, what a best response wins against it.
 */
export function exploitability(payoff: Payoff, row: Strategy, column: Strategy = row): number {
  checkStrategy(row, payoff.length, "row");
  checkStrategy(column, payoff[0].length, "column");
  return (Math.max(...rowPayoffs(payoff, column)) - Math.min(...columnPayoffs(payoff, row))) / 2;
}

function checkStrategy(strategy: Strategy, moves: number, field: string): void {
  const given = Array.from(strategy);
  const total = given.reduce((sum, probability) => sum + probability, 0);
  if (given.length !== moves || !given.every((probability) => probability >= 0) || !(Math.abs(total - 1) < 1e-9))
    throw new ConfigError({ field, given, allowed: `${moves} probabilities that sum to 1` });
}
