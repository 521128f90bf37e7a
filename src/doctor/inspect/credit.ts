/** Returns and advantages in the right way and in the usual wrong ones, to see which of them a loop has. */

/** What the recursions go over. */
export interface Steps {
  readonly rewards: ArrayLike<number>;
  /** V of each step, or zeros without a value network. */
  readonly values: Float64Array;
  /** After each step of a batch, whether the episode ended there. */
  readonly ended: Uint8Array;
  /** What follows after each step at which an episode, or the batch, ended: V of the last observation, or 0. */
  readonly after: Float64Array;
  readonly gamma: number;
}

/** Which step's flag is read at step t: its own, the next one's, the one before, or none. */
export const SHIFTS = { right: 0, "one step early": 1, "one step late": -1, never: undefined } as const;
export type Shift = keyof typeof SHIFTS;

/**
 * GAE whose flags are read at other steps:
 *
 *   δₜ = rₜ + γ·next - V(sₜ)      Aₜ = δₜ + γλ·Aₜ₊₁ where the episode goes on
 *
 * `value` shifts the flag that ends the bootstrap, `carry` the flag that ends the sum. Both "right" is GAE.
 */
export function shiftedGae(
  { rewards, values, ended, after, gamma }: Steps,
  lambda: number,
  value: Shift,
  carry: Shift,
): Float64Array {
  const n = rewards.length;
  const advantages = new Float64Array(n);
  const ends = (t: number, shift: Shift): boolean => {
    const by = SHIFTS[shift];
    return by !== undefined && t + by >= 0 && t + by < n && ended[t + by] === 1;
  };
  let following = 0;
  for (let t = n - 1; t >= 0; t--) {
    const last = t === n - 1;
    const cut = last || (value === "right" && ended[t] === 1);
    const next = cut ? after[t] : ends(t, value) ? 0 : values[t + 1];
    if (last || ends(t, carry)) following = 0;
    following = rewards[t] + gamma * next - values[t] + gamma * lambda * following;
    advantages[t] = following;
  }
  return advantages;
}

/** Each step's return of its whole episode: the sum from its first step. */
export function wholeEpisode(toGo: Float64Array, { ended }: Steps): Float64Array {
  let start = 0;
  return toGo.map((_, t) => {
    if (t > 0 && ended[t - 1] === 1) start = t;
    return toGo[start];
  });
}

/**
 * How far `given` is from a·x + b with the best a > 0 and b, as a share of its deviation: 0 for the same numbers, also after
 * normalising over all of them; 1 for unrelated ones.
 */
export function distance(given: Float64Array, x: Float64Array): number {
  const n = given.length;
  const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / n;
  const [meanGiven, meanX] = [given, x].map(meanOf);
  let product = 0;
  let squaresGiven = 0;
  let squaresX = 0;
  for (let t = 0; t < n; t++) {
    const g = given[t] - meanGiven;
    const c = x[t] - meanX;
    product += g * c;
    squaresGiven += g * g;
    squaresX += c * c;
  }
  if (!(product > 0)) return 1;
  const correlation = product / Math.sqrt(squaresGiven * squaresX);
  return Math.sqrt(Math.max(0, 1 - correlation * correlation));
}
