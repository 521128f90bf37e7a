/** Converts a generator's state to plain data and back. */

import { ConfigError } from "../errors.js";
import { u32 } from "../kernels/memory.js";
import { type Entropy, SeedSequence } from "./seed-sequence.js";

/** Everything that determines a generator's future draws and children, as JSON. */
export type GeneratorState = {
  /** The state and the increment of PCG64: 128 bits each, in hexadecimal. */
  readonly state: string;
  readonly increment: string;
  /** The unused 32 bits of the last 64-bit draw, or null. */
  readonly spare: number | null;
  /** The seed: whole numbers in decimal, the path from the root to this child, and the number of children so far. */
  readonly seed: {
    readonly entropy: string | readonly string[];
    readonly spawnKey: readonly number[];
    readonly spawned: number;
  };
};

const HEX = /^[0-9a-f]{32}$/;
/** The time to read a number grows with the square of its digits: a hostile file could ask for minutes. */
const DECIMAL = /^[0-9]{1,10000}$/;

/** Reads the state at a byte address of kernel memory, in the layout of `pcg64.c`. */
export function readState(place: number, seeds: SeedSequence): GeneratorState {
  const at = place / 4;
  const hex = (from: number): string => {
    let digits = "";
    for (let word = 3; word >= 0; word--) digits += u32[at + from + word].toString(16).padStart(8, "0");
    return digits;
  };
  const { entropy, spawnKey, spawned } = seeds;
  return {
    state: hex(0),
    increment: hex(4),
    spare: u32[at + 8] === 0 ? null : u32[at + 9],
    seed: {
      entropy: typeof entropy === "object" ? entropy.map(String) : String(entropy),
      spawnKey: [...spawnKey],
      spawned,
    },
  };
}

/** Checks a state, writes it to kernel memory, and returns its seeds. @throws ConfigError if it is not a state */
export function writeState(place: number, given: unknown): SeedSequence {
  const { state, increment, spare, seed } = (given ?? {}) as Partial<GeneratorState>;
  const words = (field: string, value: unknown): string => {
    if (typeof value === "string" && HEX.test(value)) return value;
    throw new ConfigError({ field: `generator.${field}`, given: value, allowed: "32 hexadecimal digits" });
  };
  const stateWords = words("state", state);
  const incrementWords = words("increment", increment);
  if (Number.parseInt(incrementWords[31], 16) % 2 === 0) {
    throw new ConfigError({ field: "generator.increment", given: increment, allowed: "an odd number" });
  }
  if (spare !== null && !(typeof spare === "number" && spare >>> 0 === spare)) {
    throw new ConfigError({ field: "generator.spare", given: spare, allowed: "null or 32 bits" });
  }
  const seeds = readSeeds(seed);
  const at = place / 4;
  for (let word = 0; word < 4; word++) {
    const digits = 24 - 8 * word;
    u32[at + word] = Number.parseInt(stateWords.slice(digits, digits + 8), 16);
    u32[at + 4 + word] = Number.parseInt(incrementWords.slice(digits, digits + 8), 16);
  }
  u32[at + 8] = spare === null ? 0 : 1;
  u32[at + 9] = spare ?? 0;
  return seeds;
}

function readSeeds(seed: Partial<GeneratorState["seed"]> | undefined): SeedSequence {
  const { entropy, spawnKey, spawned } = seed ?? {};
  const whole = (text: unknown): bigint => {
    if (typeof text === "string" && DECIMAL.test(text)) return BigInt(text);
    throw new ConfigError({ field: "generator.seed.entropy", given: text, allowed: "at most 10,000 decimal digits" });
  };
  if (!Array.isArray(spawnKey)) {
    throw new ConfigError({ field: "generator.seed.spawnKey", given: spawnKey, allowed: "an array of whole numbers" });
  }
  if (typeof spawned !== "number") {
    throw new ConfigError({ field: "generator.seed.spawned", given: spawned, allowed: "a whole number" });
  }
  const read: Entropy = Array.isArray(entropy) ? entropy.map(whole) : whole(entropy);
  return new SeedSequence(read, { spawnKey, spawned });
}
