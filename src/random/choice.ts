/**
 * Chooses among `n` things and returns their indices, with the draws and in the order of NumPy's `Generator.choice`.
 */

import { ConfigError } from "../errors.js";

/** The draws that choosing takes from a generator. */
interface Source {
  random(): number;
  /** A whole number from 0 to `last` inclusive. */
  upTo(last: number): number;
}

/** How many things `choice` draws, whether with replacement, and with what probabilities. */
export interface ChoiceOptions {
  /** The number of draws. Without it, `choice` draws one and returns it by itself. */
  readonly size?: number;
  /** Whether a thing can be drawn more than once. Default: true. */
  readonly replace?: boolean;
  /** The probability of each thing. Default: uniform. */
  readonly p?: ArrayLike<number>;
}

export function chooseIndices(
  source: Source,
  n: number,
  size: number,
  { replace = true, p }: ChoiceOptions,
): Int32Array {
  if (!Number.isSafeInteger(n) || n < 0 || n > 0x7fffffff || (n === 0 && size > 0)) {
    throw new ConfigError({ field: "choice", given: n, allowed: "1 to 2^31 - 1 things to choose from" });
  }
  if (!replace && size > n) {
    throw new ConfigError({ field: "choice.size", given: size, allowed: `at most ${n} without replacement` });
  }
  if (p !== undefined) {
    checkProbabilities("choice.p", p, n);
    return replace ? weighted(source, p, size) : weightedWithoutReplacement(source, p, size);
  }
  return replace ? Int32Array.from({ length: size }, () => source.upTo(n - 1)) : withoutReplacement(source, n, size);
}

function weighted(source: Source, p: ArrayLike<number>, size: number): Int32Array {
  const cumulative = cumulate(Float64Array.from(p));
  return Int32Array.from({ length: size }, () => firstAbove(cumulative, source.random()));
}

/** Repeats until enough are chosen: draw as many as are missing, keep the first of each, set its probability to 0. */
function weightedWithoutReplacement(source: Source, p: ArrayLike<number>, size: number): Int32Array {
  const rest = Float64Array.from(p);
  const possible = rest.reduce((count, probability) => count + (probability > 0 ? 1 : 0), 0);
  if (possible < size) {
    throw new ConfigError({ field: "choice.p", given: p, allowed: `at least ${size} probabilities above 0` });
  }
  const taken = new Int32Array(size);
  let count = 0;
  while (count < size) {
    const cumulative = cumulate(Float64Array.from(rest));
    for (let missing = size - count; missing > 0; missing--) {
      const index = firstAbove(cumulative, source.random());
      if (rest[index] === 0) continue;
      rest[index] = 0;
      taken[count++] = index;
    }
  }
  return taken;
}

function withoutReplacement(source: Source, n: number, size: number): Int32Array {
  if (n > 10000 && size > Math.floor(n / 50)) {
    // A large share of many: a shuffle that stops once its tail is long enough.
    const order = Int32Array.from({ length: n }, (_, i) => i);
    shuffleDownTo(source, order, Math.max(n - size, 1));
    return order.slice(n - size);
  }
  // Floyd's algorithm: step j adds a random element of 0 … j, or j itself if that element has been taken.
  const taken = new Set<number>();
  for (let j = n - size; j < n; j++) {
    const index = source.upTo(j);
    taken.add(taken.has(index) ? j : index);
  }
  const order = Int32Array.from(taken);
  shuffleDownTo(source, order, 1);
  return order;
}

function shuffleDownTo(source: Source, order: Int32Array, first: number): void {
  for (let i = order.length - 1; i >= first; i--) {
    const j = source.upTo(i);
    const held = order[j];
    order[j] = order[i];
    order[i] = held;
  }
}

/** Replaces the probabilities by their running sums, divided by the total. */
function cumulate(p: Float64Array): Float64Array {
  let total = 0;
  for (let i = 0; i < p.length; i++) p[i] = total += p[i];
  for (let i = 0; i < p.length; i++) p[i] /= total;
  return p;
}

/** The first index whose value exceeds `u`. The values ascend, and the last is 1. */
function firstAbove(ascending: Float64Array, u: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] > u) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** @throws ConfigError, naming the field, unless these are `n` numbers of at least 0 that sum to 1 */
export function checkProbabilities(field: string, p: ArrayLike<number>, n: number): void {
  if (n === 0 || p.length !== n)
    throw new ConfigError({ field, given: p, allowed: `${n === 0 ? "one or more" : n} probabilities` });
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (!(p[i] >= 0)) throw new ConfigError({ field, given: p[i], allowed: "numbers of at least 0" });
    total += p[i];
  }
  // NumPy's tolerance is the square root of float64's epsilon.
  if (!(Math.abs(total - 1) <= 2 ** -26))
    throw new ConfigError({ field, given: total, allowed: "probabilities that sum to 1" });
}
