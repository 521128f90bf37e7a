/** Gamma, beta, Poisson, binomial and multinomial numbers, compared with NumPy's. */

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { read } from "../../test/golden/read.js";
import { defaultRng, type Generator } from "./index.js";

interface Call {
  readonly name: "gamma" | "beta" | "poisson" | "binomial" | "multinomial";
  readonly args: readonly [number, number & number[]];
  /** The uniform number that follows. */
  readonly next: number;
}
interface Golden {
  readonly streams: readonly {
    readonly seed: number;
    readonly exact: readonly (Call & { size: number; first: number[]; hash: string })[];
    readonly powers: readonly (Call & { values: number[] })[];
  }[];
}

const { streams } = read<Golden>("numpy-draws");

function draw(rng: Generator, { name, args }: Call, size: number): number[] {
  const [a, b] = args;
  if (name === "multinomial") return rng.multinomial(a, b, size).flatMap((row) => [...row]);
  return [...(name === "poisson" ? rng.poisson(a, size) : rng[name](a, b, size))];
}

const digest = (values: readonly number[]): string =>
  createHash("sha256")
    .update(new Uint8Array(Float64Array.from(values).buffer))
    .digest("hex")
    .slice(0, 32);

describe.each(streams)("the generator of seed $seed", ({ seed, exact, powers }) => {
  it("draws what NumPy draws, and takes as many draws, to the last bit", () => {
    const rng = defaultRng(seed);
    const drawn = exact.map((call) => {
      const values = draw(rng, call, call.size);
      return { ...call, first: values.slice(0, 2), hash: digest(values), next: rng.random() };
    });
    expect(drawn).toEqual(exact);
    for (const call of powers) {
      const values = draw(rng, call, call.values.length);
      values.forEach((value, i) => {
        // Two units in the last place: one of the power, and one of what follows it.
        expect(Math.abs(value - call.values[i])).toBeLessThanOrEqual(2 ** -51 * call.values[i]);
      });
      expect(rng.random()).toBe(call.next);
    }
  });
});

it("one draw is the first of many", () => {
  const one = <T>(take: (rng: Generator) => T): T => take(defaultRng(5));
  expect(one((rng) => rng.gamma(2, 3))).toBe(one((rng) => rng.gamma(2, 3, 4)[0]));
  expect(one((rng) => rng.gamma(2))).toBe(one((rng) => rng.gamma(2, 1, 4)[0]));
  expect(one((rng) => rng.beta(2, 3))).toBe(one((rng) => rng.beta(2, 3, 4)[0]));
  expect(one((rng) => rng.poisson(20))).toBe(one((rng) => rng.poisson(20, 4)[0]));
  expect(one((rng) => rng.binomial(90, 0.5))).toBe(one((rng) => rng.binomial(90, 0.5, 4)[0]));
  expect(one((rng) => rng.multinomial(9, [0.2, 0.8]))).toEqual(one((rng) => rng.multinomial(9, [0.2, 0.8], 4)[0]));
});

it("fills an array that is given", () => {
  const out = new Float64Array(3);
  expect(defaultRng(5).poisson(4, out)).toBe(out);
  expect([...out]).toEqual([...defaultRng(5).poisson(4, 3)]);
});

it("impossible parameters are errors that name the draw", () => {
  const rng = defaultRng(0);
  expect(() => rng.gamma(-1)).toThrow("gamma.shape: got -1");
  expect(() => rng.gamma(1, NaN)).toThrow("gamma.scale: got NaN");
  expect(() => rng.beta(0, 1)).toThrow("beta: got [0,1], allowed is two finite numbers above 0");
  expect(() => rng.poisson(-0.5)).toThrow("poisson: got -0.5, allowed is a mean from 0 to 2^52");
  expect(() => rng.binomial(2.5, 0.5)).toThrow("binomial.n: got 2.5");
  expect(() => rng.binomial(2, 1.5)).toThrow("binomial.p: got 1.5");
  expect(() => rng.multinomial(2, [0.5, 0.4])).toThrow(
    "multinomial.p: got 0.9, allowed is probabilities that sum to 1",
  );
  expect(() => rng.multinomial(2, [])).toThrow("multinomial.p: got [], allowed is one or more probabilities");
  expect(() => rng.multinomial(2, [-1, 2])).toThrow("multinomial.p: got -1");
});
