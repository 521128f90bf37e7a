/** Zero-sum games of a single move: the row player wins what the column player loses. */

import { ConfigError } from "../errors.js";

/** The row player's winnings by row and column, such as `ROCK_PAPER_SCISSORS` of `ascent/envs`. */
export type Payoff = readonly (readonly number[])[];

/** The probability of each move. */
export type Strategy = ArrayLike<number>;

/** The mean winnings of each row against a mixed column: A y. */
export function rowPayoffs(payoff: Payoff, column: Strategy): Float64Array {
  return Float64Array.from(payoff, (row) => row.reduce((sum, value, j) => sum + value * column[j], 0));
}

/** The mean losses of each column against a mixed row: xᵀ A. */
export function columnPayoffs(payoff: Payoff, row: Strategy): Float64Array {
  return Float64Array.from(payoff[0], (_, j) => payoff.reduce((sum, values, i) => sum + row[i] * values[j], 0));
}

/** The row player's best move against a mixed column (the first, if several tie) and its mean winnings. */
export function bestResponse(payoff: Payoff, column: Strategy): { readonly move: number; readonly value: number } {
  checkStrategy(column, payoff[0].length, "column");
  const wins = rowPayoffs(payoff, column);
  const value = wins.reduce((a, b) => Math.max(a, b));
  return { move: wins.indexOf(value), value };
}

/**
 * The mean over both players of what a best response to the other gains:
 *
 *   (maxᵢ (A y)ᵢ − minⱼ (xᵀ A)ⱼ) / 2
 *
 * It is 0 exactly at an equilibrium. With one strategy, both players use it; in a symmetric game the result is then the
 * winnings of a best response against it.
 *
 * @throws ConfigError if a strategy is not a distribution over the moves
 */
export function exploitability(payoff: Payoff, row: Strategy, column: Strategy = row): number {
  checkStrategy(row, payoff.length, "row");
  checkStrategy(column, payoff[0].length, "column");
  const most = rowPayoffs(payoff, column).reduce((a, b) => Math.max(a, b));
  const least = columnPayoffs(payoff, row).reduce((a, b) => Math.min(a, b));
  return (most - least) / 2;
}

function checkStrategy(strategy: Strategy, moves: number, field: string): void {
  const given = Array.from(strategy);
  const total = given.reduce((sum, probability) => sum + probability, 0);
  if (given.length !== moves || !given.every((probability) => probability >= 0) || !(Math.abs(total - 1) < 1e-9))
    throw new ConfigError({ field, given, allowed: `${moves} probabilities that sum to 1` });
}
