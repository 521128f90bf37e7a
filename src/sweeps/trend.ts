import { meanZeroProbability } from "./difference.js";
import { meanOf } from "./moments.js";
import { CURVE_POINTS, type RunOutcome } from "./outcome.js";

/** How the curves of a cell go on, by the mean returns over quarters of the budget, averaged over seeds. */
export interface Trend {
  readonly first: number;
  readonly third: number;
  readonly last: number;
  /**
   * Whether they rise: the last quarter is above the first (p < 0.05, a paired t-test over seeds), and it is not shown to have
   * levelled off, which is that its gain over the third is less than a tenth of the whole gain (p < 0.05).
   */
  readonly rises: boolean;
}

/** The trend of the curves that reach the last quarter; undefined of fewer than two. Seeds together show what none shows alone. */
export function trendOf(outcomes: readonly RunOutcome[]): Trend | undefined {
  const curves = outcomes
    .map(({ curve }) => ({
      first: quarter(curve.returns, 0),
      third: quarter(curve.returns, 2),
      last: quarter(curve.returns, 3),
    }))
    .filter(({ first, third, last }) => !Number.isNaN(first + third + last));
  if (curves.length < 2) return undefined;
  const gains = curves.map(({ first, last }) => last - first);
  const beyondTenth = curves.map(({ first, third, last }) => last - third - (last - first) / 10);
  const gained = meanOf(gains) > 0 && meanZeroProbability(gains) < LEVEL;
  const levelled = meanOf(beyondTenth) < 0 && meanZeroProbability(beyondTenth) < LEVEL;
  const mean = (of: keyof (typeof curves)[number]): number => meanOf(curves.map((curve) => curve[of]));
  return { first: mean("first"), third: mean("third"), last: mean("last"), rises: gained && !levelled };
}

const LEVEL = 0.05;
const QUARTER = CURVE_POINTS / 4;

function quarter(values: readonly (number | null)[], index: number): number {
  return meanOf(values.slice(index * QUARTER, (index + 1) * QUARTER).flatMap((value) => value ?? []));
}
