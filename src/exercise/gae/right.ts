/** GAE as it should be, and by its usual mistakes. */

import type { Suspects } from "../compare.js";
import type { Steps } from "../steps.js";

/** Aₜ = δₜ + factor · Aₜ₊₁, without Aₜ₊₁ where step t ends something. */
function sums(deltas: readonly number[], factor: number, ends: (t: number) => boolean): number[] {
  const advantages = [...deltas];
  for (let t = deltas.length - 2; t >= 0; t--) if (!ends(t)) advantages[t] += factor * advantages[t + 1];
  return advantages;
}

/** Aₜ = δₜ + γλ Aₜ₊₁ within an episode. */
export function rightGae(
  { terminated, truncated }: Pick<Steps, "terminated" | "truncated">,
  deltas: readonly number[],
  gamma: number,
  lambda: number,
): number[] {
  return sums(deltas, gamma * lambda, (t) => terminated[t] || truncated[t]);
}

/** The advantages that mistakes give. */
export function wrongGae(
  { terminated, truncated }: Pick<Steps, "terminated" | "truncated">,
  deltas: readonly number[],
  gamma: number,
  lambda: number,
): Suspects {
  const ends = (t: number): boolean => terminated[t] || truncated[t];
  const factor = gamma * lambda;
  const reversed = sums([...deltas].reverse(), factor, (t) => ends(deltas.length - 2 - t)).reverse();
  return [
    ["across-episodes", sums(deltas, factor, () => false)],
    ["across-time-limits", sums(deltas, factor, (t) => terminated[t])],
    ["across-episodes", sums(deltas, factor, (t) => truncated[t])],
    ["done-off-by-one", sums(deltas, factor, (t) => t > 0 && ends(t - 1))],
    ["done-off-by-one", sums(deltas, factor, (t) => t + 1 < deltas.length && ends(t + 1))],
    ["lambda-missing", sums(deltas, gamma, ends)],
    ["gamma-missing", sums(deltas, lambda, ends)],
    ["not-summed", [...deltas]],
    ["summed-forwards", reversed],
    ["summed-forwards", sums([...deltas].reverse(), factor, () => false).reverse()],
  ];
}
