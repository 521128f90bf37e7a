/**
 * Seeds to entropy, as NumPy's `SeedSequence` does it (O'Neill's `seed_seq` design): any whole number becomes a pool of
 * well-mixed 32-bit words, and `spawn` gives independent children.
 */

import { ConfigError } from "../errors.js";

const POOL_SIZE = 4;
const INIT_A = 0x43b0d7e5;
const MULT_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULT_B = 0x58f38ded;
const MIX_LEFT = 0xca01f9dd;
const MIX_RIGHT = 0x4973f715;

export type Entropy = number | bigint | readonly (number | bigint)[];

export class SeedSequence {
  readonly entropy: Entropy;
  /** Which child of which child this is: empty for one made from a seed. */
  readonly spawnKey: readonly number[];
  private readonly pool: Uint32Array;
  private children = 0;

  /** @param entropy a whole number of any size, or several of them */
  constructor(entropy: Entropy = 0, { spawnKey = [] }: { spawnKey?: readonly number[] } = {}) {
    this.entropy = entropy;
    this.spawnKey = spawnKey;
    const words = (typeof entropy === "object" ? entropy : [entropy]).flatMap(toWords);
    // A child's key must not be mistaken for more entropy: short entropy is filled up to the pool first.
    while (spawnKey.length > 0 && words.length < POOL_SIZE) words.push(0);
    this.pool = mixed([...words, ...spawnKey.flatMap(toWords)]);
  }

  /** `n` words of state, 32 bits each or 64. */
  generateState(n: number, dtype?: "uint32"): Uint32Array;
  generateState(n: number, dtype: "uint64"): BigUint64Array;
  generateState(n: number, dtype: "uint32" | "uint64" = "uint32"): Uint32Array | BigUint64Array {
    const state = new Uint32Array(dtype === "uint64" ? 2 * n : n);
    let hash = INIT_B;
    for (let i = 0; i < state.length; i++) {
      let word = this.pool[i % POOL_SIZE] ^ hash;
      hash = Math.imul(hash, MULT_B);
      word = Math.imul(word, hash);
      state[i] = word ^ (word >>> 16);
    }
    if (dtype === "uint32") return state;
    return BigUint64Array.from({ length: n }, (_, i) => BigInt(state[2 * i]) | (BigInt(state[2 * i + 1]) << 32n));
  }

  /** `n` children, independent of each other, of this and of all that were spawned before. */
  spawn(n: number): SeedSequence[] {
    const first = this.children;
    this.children += n;
    return Array.from({ length: n }, (_, i) => new SeedSequence(this.entropy, { spawnKey: [...this.spawnKey, first + i] }));
  }
}

/** A whole number as 32-bit words, lowest first; 0 is one word. */
function toWords(value: number | bigint): number[] {
  if (!(typeof value === "bigint" ? value >= 0n : Number.isSafeInteger(value) && value >= 0)) {
    throw new ConfigError({ field: "seed", given: value, allowed: "a whole number of at least 0 (beyond 2^53 as a bigint)" });
  }
  const words: number[] = [];
  for (let rest = BigInt(value); rest > 0n; rest >>= 32n) words.push(Number(rest & 0xffffffffn));
  return words.length === 0 ? [0] : words;
}

function mixed(words: readonly number[]): Uint32Array {
  const pool = new Uint32Array(POOL_SIZE);
  let hashConstant = INIT_A;
  const hash = (value: number): number => {
    let word = value ^ hashConstant;
    hashConstant = Math.imul(hashConstant, MULT_A);
    word = Math.imul(word, hashConstant);
    return word ^ (word >>> 16);
  };
  const mix = (x: number, y: number): number => {
    const word = (Math.imul(MIX_LEFT, x) - Math.imul(MIX_RIGHT, y)) | 0;
    return word ^ (word >>> 16);
  };
  for (let i = 0; i < POOL_SIZE; i++) pool[i] = hash(words[i] ?? 0);
  for (let from = 0; from < POOL_SIZE; from++) {
    for (let to = 0; to < POOL_SIZE; to++) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
  }
  for (const word of words.slice(POOL_SIZE)) for (let to = 0; to < POOL_SIZE; to++) pool[to] = mix(pool[to], hash(word));
  return pool;
}
