/** Random numbers that equal those of NumPy's `default_rng(seed)`, call by call and bit by bit. */

import { ConfigError } from "../errors.js";
import { address, allocate, type Block } from "../kernels/heap.js";
import { f64, i32, u32 } from "../kernels/memory.js";
import { numbers } from "../kernels/numbers.js";
import { binomial, multinomial } from "./binomial.js";
import { checkCount } from "./check-count.js";
import { type ChoiceOptions, checkProbabilities, chooseIndices } from "./choice.js";
import { beta, standardGamma } from "./gamma.js";
import { type GeneratorState, readState, writeState } from "./generator-state.js";
import { poisson } from "./poisson.js";
import { type Entropy, SeedSequence } from "./seed-sequence.js";

type Draw = (place: number) => number;
type Fill = (place: number, out: number, n: number) => void;

const seedState = numbers.pcg64_seed as (place: number) => void;
const nextRandom = numbers.pcg64_random as Draw;
const nextNormal = numbers.pcg64_normal as Draw;
const nextExponential = numbers.pcg64_exponential as Draw;
const nextInteger = numbers.pcg64_integer as (place: number, last: number) => number;
const fillRandom = numbers.pcg64_fill_random as Fill;
const fillNormal = numbers.pcg64_fill_normal as Fill;
const fillExponential = numbers.pcg64_fill_exponential as Fill;
const fillInteger = numbers.pcg64_fill_integer as (place: number, out: number, n: number, last: number) => void;
const fillSwaps = numbers.pcg64_fill_swaps as (place: number, out: number, n: number, from: number) => void;

/** Numbers pass through a buffer of this size in kernel memory, which all generators share. */
const BATCH = 1024;
let batch: Block | undefined;

/** How many numbers to draw, or the array to fill with them. */
export type Size = number | Float64Array;

/** Makes the generator that NumPy's `default_rng` makes from the same seed. */
export function defaultRng(seed: Entropy | SeedSequence): Generator {
  return new Generator(seed instanceof SeedSequence ? seed : new SeedSequence(seed));
}

/** NumPy's `Generator` over PCG64: the same seed gives the same numbers. `defaultRng(seed)` makes one. */
export class Generator {
  // The state is 40 bytes of kernel memory: a draw takes 9 ns there, including the call, but 147 ns with JavaScript's
  // 32-bit integers. The garbage collector reclaims a `Block` with its generator, so even a million generators in one
  // synchronous loop leave no memory behind.
  private readonly block: Block;
  private seeds: SeedSequence;

  constructor(seeds: SeedSequence) {
    this.block = allocate(40);
    this.seeds = seeds;
    this.reseed(seeds);
  }

  /** Returns to the state of a new generator with this seed. */
  reseed(seed: Entropy | SeedSequence): void {
    this.seeds = seed instanceof SeedSequence ? seed : new SeedSequence(seed);
    const place = address(this.block);
    // NumPy's 64-bit words are pairs of 32-bit words in memory, the low one first.
    u32.set(this.seeds.generateState(8), place / 4);
    seedState(place);
  }

  /** Uniform in [0, 1): a multiple of 2^-53. */
  random(): number;
  random(size: Size): Float64Array;
  random(size?: Size): number | Float64Array {
    return size === undefined ? nextRandom(address(this.block)) : this.fill(size, fillRandom);
  }

  /** Uniform in [low, high). */
  uniform(low?: number, high?: number): number;
  uniform(low: number, high: number, size: Size): Float64Array;
  uniform(low = 0, high = 1, size?: Size): number | Float64Array {
    const width = high - low;
    if (!(width >= 0 && width < Infinity)) {
      throw new ConfigError({ field: "uniform", given: [low, high], allowed: "finite numbers with low <= high" });
    }
    if (size === undefined) return low + width * nextRandom(address(this.block));
    return scale(this.fill(size, fillRandom), low, width);
  }

  /**
   * Whole numbers from `low` up to `high`, excluding `high` (including it if `endpoint` is true). With one argument,
   * from 0 up to that argument.
   */
  integers(low: number, high?: number, size?: undefined, options?: { readonly endpoint?: boolean }): number;
  integers(low: number, high: number, size: Size, options?: { readonly endpoint?: boolean }): Float64Array;
  integers(
    low: number,
    high?: number,
    size?: Size,
    { endpoint = false }: { readonly endpoint?: boolean } = {},
  ): number | Float64Array {
    const from = high === undefined ? 0 : low;
    const to = high === undefined ? low : high;
    const last = to - from - (endpoint ? 0 : 1);
    if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && Number.isSafeInteger(last) && last >= 0)) {
      const allowed = `whole numbers with low ${endpoint ? "<=" : "<"} high, less than 2^53 apart`;
      throw new ConfigError({ field: "integers", given: [from, to], allowed });
    }
    if (size === undefined) return from + nextInteger(address(this.block), last);
    return scale(
      this.fill(size, (place, out, n) => fillInteger(place, out, n, last)),
      from,
      1,
    );
  }

  /** Normal with mean 0 and standard deviation 1. */
  standardNormal(): number;
  standardNormal(size: Size): Float64Array;
  standardNormal(size?: Size): number | Float64Array {
    return size === undefined ? nextNormal(address(this.block)) : this.fill(size, fillNormal);
  }

  normal(mean?: number, std?: number): number;
  normal(mean: number, std: number, size: Size): Float64Array;
  normal(mean = 0, std = 1, size?: Size): number | Float64Array {
    if (!(Number.isFinite(mean) && std >= 0 && std < Infinity)) {
      throw new ConfigError({ field: "normal", given: [mean, std], allowed: "a finite mean and std >= 0" });
    }
    if (size === undefined) return mean + std * nextNormal(address(this.block));
    return scale(this.fill(size, fillNormal), mean, std);
  }

  /** Exponential with mean 1. */
  standardExponential(): number;
  standardExponential(size: Size): Float64Array;
  standardExponential(size?: Size): number | Float64Array {
    return size === undefined ? nextExponential(address(this.block)) : this.fill(size, fillExponential);
  }

  exponential(mean?: number): number;
  exponential(mean: number, size: Size): Float64Array;
  exponential(mean = 1, size?: Size): number | Float64Array {
    if (!(mean >= 0 && mean < Infinity)) {
      throw new ConfigError({ field: "exponential", given: mean, allowed: "a finite mean >= 0" });
    }
    if (size === undefined) return mean * nextExponential(address(this.block));
    return scale(this.fill(size, fillExponential), 0, mean);
  }

  /** Gamma with this shape k ≥ 0 and scale θ ≥ 0: the mean is kθ. `gamma.ts` says when a last bit may not be NumPy's. */
  gamma(shape: number, scale?: number): number;
  gamma(shape: number, scale: number, size: Size): Float64Array;
  gamma(shape: number, scale = 1, size?: Size): number | Float64Array {
    atLeast0("gamma.shape", shape);
    atLeast0("gamma.scale", scale);
    return this.repeat(size, () => scale * standardGamma(this, shape));
  }

  /** Beta in [0, 1] with parameters above 0: the mean is a/(a + b). Last bits as for `gamma`. */
  beta(a: number, b: number): number;
  beta(a: number, b: number, size: Size): Float64Array;
  beta(a: number, b: number, size?: Size): number | Float64Array {
    if (!(a > 0 && b > 0 && a < Infinity && b < Infinity))
      throw new ConfigError({ field: "beta", given: [a, b], allowed: "two finite numbers above 0" });
    return this.repeat(size, () => beta(this, a, b));
  }

  /** How often something happens that happens `mean` ≥ 0 times on average. */
  poisson(mean?: number): number;
  poisson(mean: number, size: Size): Float64Array;
  poisson(mean = 1, size?: Size): number | Float64Array {
    if (!(mean >= 0 && mean <= 2 ** 52))
      throw new ConfigError({ field: "poisson", given: mean, allowed: "a mean from 0 to 2^52" });
    return this.repeat(size, () => poisson(this, mean));
  }

  /** How many of `n` trials succeed, if each does with probability `p`. */
  binomial(n: number, p: number): number;
  binomial(n: number, p: number, size: Size): Float64Array;
  binomial(n: number, p: number, size?: Size): number | Float64Array {
    checkCount("binomial.n", n);
    if (!(p >= 0 && p <= 1))
      throw new ConfigError({ field: "binomial.p", given: p, allowed: "a probability from 0 to 1" });
    const draw = binomial(n, p);
    return this.repeat(size, () => draw(this));
  }

  /**
   * How `n` trials spread over outcomes with the probabilities `p`, which sum to 1: a count for each. With `size`, so many
   * rows of counts.
   */
  multinomial(n: number, p: ArrayLike<number>): Float64Array;
  multinomial(n: number, p: ArrayLike<number>, size: number): Float64Array[];
  multinomial(n: number, p: ArrayLike<number>, size?: number): Float64Array | Float64Array[] {
    checkCount("multinomial.n", n);
    checkProbabilities("multinomial.p", p, p.length);
    if (size === undefined) return multinomial(this, n, p);
    return Array.from({ length: checkCount("multinomial.size", size) }, () => multinomial(this, n, p));
  }

  /** Chooses one index below `n` or one element of an array, or `size` of them. */
  choice(n: number, options: ChoiceOptions & { readonly size: number }): Int32Array;
  choice<T>(items: ArrayLike<T>, options: ChoiceOptions & { readonly size: number }): T[];
  choice(n: number, options?: ChoiceOptions): number;
  choice<T>(items: ArrayLike<T>, options?: ChoiceOptions): T;
  choice<T>(items: number | ArrayLike<T>, options: ChoiceOptions = {}): number | T | Int32Array | T[] {
    const n = typeof items === "number" ? items : items.length;
    const source = { random: () => this.random(), upTo: (last: number) => nextInteger(address(this.block), last) };
    const size = options.size === undefined ? 1 : checkCount("choice.size", options.size);
    const indices = chooseIndices(source, n, size, options);
    if (typeof items === "number") return options.size === undefined ? indices[0] : indices;
    return options.size === undefined ? items[indices[0]] : Array.from(indices, (index) => items[index]);
  }

  /** The numbers 0 … n-1, or a copy of an array, in random order. */
  permutation(n: number): Int32Array;
  permutation<T>(items: ArrayLike<T>): T[];
  permutation<T>(items: number | ArrayLike<T>): Int32Array | T[] {
    const order = typeof items === "number" ? countUpTo(checkCount("permutation", items)) : Array.from(items);
    this.shuffle(order);
    return order;
  }

  /** Shuffles the elements in place. */
  shuffle(items: unknown[] | Int32Array | Uint32Array | Float32Array | Float64Array): void {
    batch ??= allocate(8 * BATCH);
    for (let last = items.length - 1; last > 0; last -= BATCH) {
      const n = Math.min(BATCH, last);
      const place = address(this.block);
      const swaps = address(batch);
      fillSwaps(place, swaps, n, last);
      for (let k = 0; k < n; k++) {
        const other = i32[swaps / 4 + k];
        const held = items[last - k];
        items[last - k] = items[other];
        items[other] = held;
      }
    }
  }

  /** Makes `n` generators from children of this one's seed, independent of it and of each other. */
  spawn(n: number): Generator[] {
    return this.seeds.spawn(n).map((child) => new Generator(child));
  }

  /** The state as plain data. After `restore`, a generator continues exactly from here. */
  snapshot(): GeneratorState {
    return readState(address(this.block), this.seeds);
  }

  /** Restores a state made by `snapshot`. @throws ConfigError if it is not one */
  restore(state: unknown): void {
    this.seeds = writeState(address(this.block), state);
  }

  /** One number, or an array of them, drawn one after another. */
  private repeat(size: Size | undefined, draw: () => number): number | Float64Array {
    if (size === undefined) return draw();
    const out = typeof size === "number" ? new Float64Array(checkCount("size", size)) : size;
    for (let i = 0; i < out.length; i++) out[i] = draw();
    return out;
  }

  private fill(size: Size, fill: Fill): Float64Array {
    const out = typeof size === "number" ? new Float64Array(checkCount("size", size)) : size;
    batch ??= allocate(8 * BATCH);
    for (let done = 0; done < out.length; done += BATCH) {
      const n = Math.min(BATCH, out.length - done);
      const place = address(this.block);
      const drawn = address(batch);
      fill(place, drawn, n);
      out.set(f64.subarray(drawn / 8, drawn / 8 + n), done);
    }
    return out;
  }
}

function scale(values: Float64Array, offset: number, factor: number): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] = offset + factor * values[i];
  return values;
}

function atLeast0(field: string, given: number): void {
  if (!(given >= 0 && given < Infinity))
    throw new ConfigError({ field, given, allowed: "a finite number of at least 0" });
}

function countUpTo(n: number): Int32Array {
  const numbers = new Int32Array(n);
  for (let i = 0; i < n; i++) numbers[i] = i;
  return numbers;
}
