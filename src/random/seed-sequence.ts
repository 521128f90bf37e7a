/**
 * Turns seeds into entropy as NumPy's `SeedSequence` does (O'Neill's `seed_seq` design). Any whole number becomes a
 * pool of well-mixed 32-bit words, and `spawn` makes independent children.
 */

import { ConfigError } from "../errors.js";
import { checkCount } from "./check-count.js";

const POOL_SIZE = 4;
const INIT_A = 0x43b0d7e5;
const MULTIPLY_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULTIPLY_B = 0x58f38ded;
const MIX_LEFT = 0xca01f9dd;
const MIX_RIGHT = 0x4973f715;

/** A whole number of at least 0, however large, or several of them. */
export type Entropy = number | bigint | readonly (number | bigint)[];

/** NumPy's `SeedSequence`: makes well-mixed words and independent children from a seed. */
export class SeedSequence {
  readonly entropy: Entropy;
  /** The path from the root to this child: empty for a sequence made from a seed. */
  readonly spawnKey: readonly number[];
  /** The number of children spawned so far. */
  spawned: number;
  private readonly pool = new Uint32Array(POOL_SIZE);

  /** @throws ConfigError for a negative or fractional seed, or for a number above 2^53 that is not a bigint */
  constructor(
    entropy: Entropy,
    { spawnKey = [], spawned = 0 }: { spawnKey?: readonly number[]; spawned?: number } = {},
  ) {
    this.entropy = entropy;
    this.spawnKey = spawnKey;
    this.spawned = checkCount("spawned", spawned);
    const words: number[] = [];
    if (typeof entropy === "object" && entropy !== null) for (const part of entropy) pushWords(words, part, "seed");
    else pushWords(words, entropy, "seed");
    // Short entropy is padded to the size of the pool so that a child's key cannot be mistaken for more entropy.
    while (words.length < POOL_SIZE) words.push(0);
    for (const key of spawnKey) pushWords(words, key, "spawnKey");
    fillPool(this.pool, words);
  }

  /** `n` words of state, of 32 or 64 bits each. */
  generateState(n: number, dtype?: "uint32"): Uint32Array;
  generateState(n: number, dtype: "uint64"): BigUint64Array;
  generateState(n: number, dtype: "uint32" | "uint64" = "uint32"): Uint32Array | BigUint64Array {
    checkCount("n", n);
    if (dtype !== "uint32" && dtype !== "uint64") {
      throw new ConfigError({ field: "dtype", given: dtype, allowed: '"uint32" or "uint64"' });
    }
    const state = new Uint32Array(dtype === "uint64" ? 2 * n : n);
    let hash = INIT_B;
    for (let i = 0; i < state.length; i++) {
      let word = this.pool[i % POOL_SIZE] ^ hash;
      hash = Math.imul(hash, MULTIPLY_B);
      word = Math.imul(word, hash);
      state[i] = word ^ (word >>> 16);
    }
    if (dtype === "uint32") return state;
    return BigUint64Array.from({ length: n }, (_, i) => BigInt(state[2 * i]) | (BigInt(state[2 * i + 1]) << 32n));
  }

  /** Makes `n` children, independent of each other, of this sequence, and of all earlier children. */
  spawn(n: number): SeedSequence[] {
    checkCount("n", n);
    const first = this.spawned;
    this.spawned += n;
    return Array.from(
      { length: n },
      (_, i) => new SeedSequence(this.entropy, { spawnKey: [...this.spawnKey, first + i] }),
    );
  }
}

/** Appends a whole number as 32-bit words, lowest first; 0 is one word. */
function pushWords(words: number[], value: number | bigint, field: string): void {
  if (typeof value === "bigint" ? value < 0n : !(Number.isSafeInteger(value) && value >= 0)) {
    throw new ConfigError({ field, given: value, allowed: "whole numbers of at least 0 (above 2^53 as a bigint)" });
  }
  if (typeof value === "number") {
    words.push(value >>> 0);
    if (value > 0xffffffff) words.push(Math.floor(value / 2 ** 32));
    return;
  }
  let rest = value;
  do {
    words.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
}

function fillPool(pool: Uint32Array, words: readonly number[]): void {
  let hashConstant = INIT_A;
  const hash = (value: number): number => {
    let word = value ^ hashConstant;
    hashConstant = Math.imul(hashConstant, MULTIPLY_A);
    word = Math.imul(word, hashConstant);
    return word ^ (word >>> 16);
  };
  for (let i = 0; i < POOL_SIZE; i++) pool[i] = hash(words[i]);
  for (let from = 0; from < POOL_SIZE; from++) {
    for (let to = 0; to < POOL_SIZE; to++) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
  }
  for (let from = POOL_SIZE; from < words.length; from++) {
    for (let to = 0; to < POOL_SIZE; to++) pool[to] = mix(pool[to], hash(words[from]));
  }
}

function mix(x: number, y: number): number {
  const word = (Math.imul(MIX_LEFT, x) - Math.imul(MIX_RIGHT, y)) | 0;
  return word ^ (word >>> 16);
}
