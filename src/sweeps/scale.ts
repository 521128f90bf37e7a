import type { CellSummary } from "./summary.js";

/**
 * How far each cell is on the way from the lowest to the highest score of its environment: 0 to 1. NaN for a cell without a
 * score.
 */
export function sharesOf(cells: readonly CellSummary[]): number[] {
  return cells.map(({ config, score }) => {
    const scores = cells
      .filter((cell) => cell.config.env === config.env && !Number.isNaN(cell.score))
      .map((cell) => cell.score);
    const low = scores.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
    const high = scores.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    return high > low ? (score - low) / (high - low) : score - low + 1;
  });
}
