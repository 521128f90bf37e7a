import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ChoiceOptions, defaultRng, type Generator, SeedSequence } from "./index.js";

type Call = [name: string, args: [number, (number | ChoiceOptions)?], size: number | null];
interface Golden {
  readonly program: readonly Call[];
  readonly streams: readonly { seed: string; results: [number[], string][]; end: Record<string, unknown> }[];
  readonly seedings: readonly {
    entropy: string | string[];
    spawnKey: number[];
    uint32: number[];
    uint64: string[];
    child: number;
    random: number;
  }[];
  readonly spawning: readonly number[];
  readonly shuffled: readonly number[];
}

const golden: Golden = JSON.parse(readFileSync(new URL("../../test/golden/numpy.json", import.meta.url), "utf8"));

/** One call of the NumPy program with a size. The golden names are those of the methods. */
function drawMany(rng: Generator, [name, args, size]: Call): ArrayLike<number> {
  if (name === "choice") return rng.choice(args[0], { ...(args[1] as ChoiceOptions), size: size as number });
  if (name === "permutation") return rng.permutation(args[0]);
  const method = (rng as unknown as Record<string, (...all: unknown[]) => ArrayLike<number>>)[name];
  return method.call(rng, ...args, size);
}

/** The same draws, one at a time. */
function drawOneByOne(rng: Generator, [name, args, size]: Call): ArrayLike<number> {
  const method = (rng as unknown as Record<string, (...all: unknown[]) => number>)[name];
  return Array.from({ length: size as number }, () => method.call(rng, ...args));
}

const repeats = ([name, args, size]: Call): boolean =>
  size !== null && !(name === "choice" && (args[1] as ChoiceOptions).replace === false);

function digest(values: ArrayLike<number>): string {
  const bytes = new Uint8Array(Float64Array.from(values).buffer);
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}

const read = (entropy: string | string[]): bigint | bigint[] =>
  typeof entropy === "string" ? BigInt(entropy) : entropy.map(BigInt);

describe.each(golden.streams)("the generator of seed $seed", ({ seed, results, end }) => {
  it.each([
    ["in arrays", drawMany],
    ["one by one", (rng: Generator, call: Call) => (repeats(call) ? drawOneByOne : drawMany)(rng, call)],
  ])("draws what NumPy draws, %s", (_, draw) => {
    const rng = defaultRng(BigInt(seed));
    const drawn = golden.program.map((call) => {
      const values = draw(rng, call);
      return [call[0], Array.from(values).slice(0, 2), digest(values)];
    });
    expect(drawn).toEqual(results.map(([first, hash], i) => [golden.program[i][0], first, hash]));
    expect(rng.snapshot()).toMatchObject(end);
  });
});

describe("a seed sequence", () => {
  it("gives NumPy's words for entropy of any size, for arrays and for children", () => {
    for (const { entropy, spawnKey, uint32, uint64, child, random } of golden.seedings) {
      const seeds = new SeedSequence(read(entropy), { spawnKey });
      expect(Array.from(seeds.generateState(5))).toEqual(uint32);
      expect(Array.from(seeds.generateState(3, "uint64"), String)).toEqual(uint64);
      expect(seeds.spawn(3)[2].generateState(1)[0]).toBe(child);
      expect(defaultRng(seeds).random()).toBe(random);
    }
  });

  it("treats a number and an equal bigint alike", () => {
    for (const seed of [0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]) {
      expect(new SeedSequence(seed).generateState(4)).toEqual(new SeedSequence(BigInt(seed)).generateState(4));
    }
  });
});

it("spawned generators are NumPy's, however and whenever they are spawned", () => {
  const rng = defaultRng(42);
  const [first, second] = rng.spawn(2);
  const [third] = rng.spawn(1);
  const [grandchild] = second.spawn(1);
  expect([rng, first, second, third, grandchild].map((g) => g.random())).toEqual(golden.spawning);
});

it("shuffles an array in place and chooses its elements as NumPy does", () => {
  const rng = defaultRng(3);
  const items = Array.from({ length: 10 }, (_, i) => i);
  rng.shuffle(items);
  const chosen = [
    rng.choice(items),
    rng.choice(items, { p: new Array(10).fill(0.1) }),
    rng.choice(items, { replace: false }),
  ];
  expect([...items, ...chosen]).toEqual(golden.shuffled);
});
