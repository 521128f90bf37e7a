import type { CellSummary } from "./summary.js";

/**
 * How far each cell is on the way from the lowest score to the mark, or to the highest score where there is no mark: 0 to 1.
 * Cells of one environment are measured together. NaN for a cell without a score.
 */
export function sharesOf(cells: readonly CellSummary[]): number[] {
  const scales = new Map<string | null, { low: number; high: number }>();
  for (const { config, score } of cells) {
    if (Number.isNaN(score)) continue;
    const { low, high } = scales.get(config.env) ?? { low: score, high: score };
    scales.set(config.env, { low: Math.min(low, score), high: Math.max(high, score) });
  }
  return cells.map(({ config, score, mark }) => {
    const { low, high } = scales.get(config.env) ?? { low: score, high: score };
    const goal = mark !== undefined && mark > low ? mark : high;
    return goal > low ? Math.min(1, (score - low) / (goal - low)) : score === high ? 1 : Number.NaN;
  });
}
