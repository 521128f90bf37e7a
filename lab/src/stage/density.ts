/** The density of a policy's normal distribution over the range of one number of its action. */

export interface Density {
  readonly low: number;
  readonly high: number;
  /** From low to high at equal distances, divided by the largest. */
  readonly heights: readonly number[];
}

export interface NormalNumber {
  readonly mean: number;
  readonly deviation: number;
  /** Mean and deviation are those before tanh. It needs bounds. */
  readonly squashed: boolean;
  /** The bounds of the action; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Deviations that are shown to each side where an action has no bounds. */
const REACH = 4;

export function densityOf({ mean, deviation, squashed, low, high }: NormalNumber, points = 81): Density {
  const from = low ?? mean - REACH * deviation;
  const to = high ?? mean + REACH * deviation;
  const at = (i: number): number => (i + 0.5) / points;
  const heights = Array.from({ length: points }, (_, i) => {
    if (!squashed) return bell((from + (to - from) * at(i) - mean) / deviation);
    const t = 2 * at(i) - 1;
    // p(a) = N(u) du/da with a = tanh u.
    return bell((Math.atanh(t) - mean) / deviation) / (1 - t * t);
  });
  const largest = Math.max(...heights);
  return { low: from, high: to, heights: heights.map((height) => (largest > 0 ? height / largest : 0)) };
}

/** The middle of the distribution, in the units of the action. */
export function middleOf({ mean, squashed, low, high }: NormalNumber): number {
  if (!squashed || low === null || high === null) return mean;
  return (low + high) / 2 + ((high - low) / 2) * Math.tanh(mean);
}

function bell(z: number): number {
  return Math.exp(-0.5 * z * z);
}
