/** Random numbers that equal NumPy's `default_rng(seed)`, call by call. */

import { ConfigError } from "../errors.js";
import { type Block, address, allocate } from "../kernels/heap.js";
import { u32, u64, wasm } from "../kernels/memory.js";
import { log1p } from "../kernels/maths.js";
import { type Entropy, SeedSequence } from "./seed-sequence.js";

const seedState = wasm.pcg64_seed as (state: number, words: number) => void;
const nextRandom = wasm.pcg64_random as (state: number) => number;
const nextInteger = wasm.pcg64_integer as (state: number, range: number) => number;
const nextInterval = wasm.pcg64_interval as (state: number, last: number) => number;
const nextNormal = wasm.pcg64_normal as (state: number) => number;

/** Generator state as plain data: two 128-bit numbers in hexadecimal, and the spare half of a 64-bit draw if there is one. */
export interface GeneratorState {
  readonly state: string;
  readonly step: string;
  readonly spare: number | null;
  readonly [key: string]: string | number | null;
}

/** The generator that NumPy makes of the same seed. */
export function defaultRng(seed: Entropy | SeedSequence = 0): Generator {
  return new Generator(seed instanceof SeedSequence ? seed : new SeedSequence(seed));
}

export class Generator {
  /** 40 bytes: state, step (both low half first), whether a 32-bit half is spare, and that half. */
  private readonly block: Block;
  private seeds: SeedSequence;

  constructor(seeds: SeedSequence) {
    this.block = allocate(64);
    this.seeds = seeds;
    this.reseed(seeds);
  }

  /** Starts anew, as a new generator with this seed would. */
  reseed(seed: Entropy | SeedSequence): void {
    this.seeds = seed instanceof SeedSequence ? seed : new SeedSequence(seed);
    const place = address(this.block);
    // The words lie in the second half of the block for the moment of seeding.
    u64.set(this.seeds.generateState(4, "uint64"), place / 8 + 4);
    seedFrom(place);
  }

  /** Uniform in [0, 1). */
  random(): number;
  random(size: number): Float64Array;
  random(size?: number): number | Float64Array {
    return this.draw(size, nextRandom);
  }

  /** Uniform in [low, high). */
  uniform(low?: number, high?: number): number;
  uniform(low: number, high: number, size: number): Float64Array;
  uniform(low = 0, high = 1, size?: number): number | Float64Array {
    return this.draw(size, (place) => low + (high - low) * nextRandom(place));
  }

  /** Whole numbers from `low` up to, not including, `high`; with one argument from 0 up to it. Spans up to 2^53. */
  integers(low: number, high?: number): number;
  integers(low: number, high: number, size: number): Float64Array;
  integers(low: number, high?: number, size?: number): number | Float64Array {
    const from = high === undefined ? 0 : low;
    const range = (high ?? low) - from - 1;
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(range) || range < 0) {
      throw new ConfigError({ field: "integers", given: [low, high ?? null], allowed: "whole numbers with low < high" });
    }
    return this.draw(size, (place) => from + nextInteger(place, range));
  }

  /** Normal with mean 0 and standard deviation 1. */
  standardNormal(): number;
  standardNormal(size: number): Float64Array;
  standardNormal(size?: number): number | Float64Array {
    return this.draw(size, nextNormal);
  }

  normal(mean?: number, std?: number): number;
  normal(mean: number, std: number, size: number): Float64Array;
  normal(mean = 0, std = 1, size?: number): number | Float64Array {
    return this.draw(size, (place) => mean + std * nextNormal(place));
  }

  /** Exponential with the given mean, by inversion: the distribution of NumPy's, not its bits. */
  exponential(mean = 1): number {
    return -mean * log1p(-this.random());
  }

  /** An index below `n` (or an element of an array), each equally likely or with probabilities `p`. */
  choice(n: number, options?: { p?: ArrayLike<number> }): number;
  choice<T>(items: readonly T[], options?: { p?: ArrayLike<number> }): T;
  choice<T>(items: number | readonly T[], { p }: { p?: ArrayLike<number> } = {}): number | T {
    const n = typeof items === "number" ? items : items.length;
    const index = p === undefined ? this.integers(0, n) : this.weighted(n, p);
    return typeof items === "number" ? index : items[index];
  }

  /** The numbers 0 … n-1, or a copy of an array, in random order. */
  permutation(n: number): Int32Array;
  permutation<T>(items: readonly T[]): T[];
  permutation<T>(items: number | readonly T[]): Int32Array | T[] {
    if (typeof items !== "number") {
      const copy = [...items];
      this.shuffle(copy);
      return copy;
    }
    const order = Int32Array.from({ length: items }, (_, i) => i);
    this.shuffle(order);
    return order;
  }

  /** Puts the elements in random order, in place. */
  shuffle(items: unknown[] | Int32Array | Float32Array | Float64Array): void {
    const place = address(this.block);
    for (let i = items.length - 1; i > 0; i--) {
      const j = nextInterval(place, i);
      const held = items[i];
      items[i] = items[j];
      items[j] = held;
    }
  }

  /** `n` independent generators, from children of this one's seed. */
  spawn(n: number): Generator[] {
    return this.seeds.spawn(n).map((child) => new Generator(child));
  }

  snapshot(): GeneratorState {
    const at = address(this.block) / 4;
    const hex = (from: number): string => [3, 2, 1, 0].map((word) => u32[at + from + word].toString(16).padStart(8, "0")).join("");
    return { state: hex(0), step: hex(4), spare: u32[at + 8] ? u32[at + 9] : null };
  }

  restore(state: unknown): void {
    const { state: words, step, spare } = state as GeneratorState;
    const at = address(this.block) / 4;
    for (let word = 0; word < 4; word++) {
      u32[at + word] = Number.parseInt(words.slice(24 - 8 * word, 32 - 8 * word), 16);
      u32[at + 4 + word] = Number.parseInt(step.slice(24 - 8 * word, 32 - 8 * word), 16);
    }
    u32[at + 8] = spare === null ? 0 : 1;
    u32[at + 9] = spare ?? 0;
  }

  private draw(size: number | undefined, one: (place: number) => number): number | Float64Array {
    const place = address(this.block);
    if (size === undefined) return one(place);
    if (!Number.isSafeInteger(size) || size < 0) throw new ConfigError({ field: "size", given: size, allowed: "a whole number of at least 0" });
    const out = new Float64Array(size);
    for (let i = 0; i < size; i++) out[i] = one(place);
    return out;
  }

  private weighted(n: number, p: ArrayLike<number>): number {
    if (p.length !== n) throw new ConfigError({ field: "choice.p", given: p.length, allowed: `${n} probabilities` });
    let total = 0;
    for (let i = 0; i < n; i++) total += p[i];
    if (!(Math.abs(total - 1) < 1e-8)) throw new ConfigError({ field: "choice.p", given: total, allowed: "probabilities that sum to 1" });
    const u = this.random();
    let running = 0;
    for (let i = 0; i < n; i++) {
      running += p[i];
      if (running / total > u) return i;
    }
    return n - 1;
  }
}

function seedFrom(place: number): void {
  // Kernel memory may hold the words only while nothing is allocated in between.
  seedState(place, place + 32);
}

