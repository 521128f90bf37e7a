import type { CellSummary } from "./summary.js";

/**
 * How far each cell is on the way from the lowest to the highest score of its environment: 0 to 1. NaN for a cell without a
 * score.
 */
export function sharesOf(cells: readonly CellSummary[]): ReadonlyMap<CellSummary, number> {
  const bounds = new Map<string | null, { low: number; high: number }>();
  for (const { config, score } of cells) {
    if (Number.isNaN(score)) continue;
    const { low, high } = bounds.get(config.env) ?? { low: score, high: score };
    bounds.set(config.env, { low: Math.min(low, score), high: Math.max(high, score) });
  }
  return new Map(
    cells.map((cell) => {
      const { low, high } = bounds.get(cell.config.env) ?? { low: Number.NaN, high: Number.NaN };
      return [cell, high > low ? (cell.score - low) / (high - low) : cell.score - low + 1];
    }),
  );
}
