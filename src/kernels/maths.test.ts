import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { address, allocate } from "./heap.js";
import * as maths from "./maths.js";
import { f64 } from "./memory.js";

const { sinCos, ...functions } = maths;
type Name = keyof typeof functions;
type Case = readonly [argumentBits: string, nearestBits: string, above: number];

const golden: Record<Name, readonly Case[]> = JSON.parse(
  readFileSync(new URL("../../test/golden/maths.json", import.meta.url), "utf8"),
);

function fromBits(hex: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}

/** The distance from a float64 of this size to the next one. */
function ulp(y: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(y));
  const next = view.getBigUint64(0) + 1n;
  view.setBigUint64(0, next);
  // The largest finite number has no next one; its distance to the previous one is the same.
  if (view.getFloat64(0) === Infinity) return 2 ** 971;
  return view.getFloat64(0) - Math.abs(y);
}

/** The distance from the function's value to the true value, in ulps. */
function errorOf(name: Name, [argumentBits, nearestBits, above]: Case): number {
  const args = argumentBits.match(/.{16}/g)!.map(fromBits);
  const nearest = fromBits(nearestBits);
  const given = (functions[name] as (...args: number[]) => number)(...args);
  return Math.abs((given - nearest) / ulp(nearest) - above);
}

describe.each(Object.keys(functions) as Name[])("%s", (name) => {
  it("is within 0.51 ulp of the true value", () => {
    const far = golden[name].filter((one) => !(errorOf(name, one) <= 0.51));
    expect(golden[name].length).toBeGreaterThan(40);
    expect(far).toEqual([]);
  });
});

const inf = Infinity;
const nan = Number.NaN;
const pi = Math.PI;

// biome-ignore format: a row for each function
const special: [string, (x: number) => number, (readonly [x: number, y: number])[]][] = [
  ["exp", maths.exp, [[0, 1], [-0, 1], [inf, inf], [-inf, 0], [710, inf], [-746, 0], [5e-324, 1]]],
  ["expm1", maths.expm1, [[0, 0], [-0, -0], [inf, inf], [-inf, -1], [710, inf], [5e-324, 5e-324], [-100, -1]]],
  ["log", maths.log, [[1, 0], [0, -inf], [-0, -inf], [-1, nan], [-5e-324, nan], [inf, inf], [-inf, nan]]],
  ["log1p", maths.log1p, [[0, 0], [-0, -0], [-1, -inf], [-1.5, nan], [inf, inf], [-inf, nan], [5e-324, 5e-324]]],
  ["sin", maths.sin, [[0, 0], [-0, -0], [inf, nan], [-inf, nan], [5e-324, 5e-324]]],
  ["cos", maths.cos, [[0, 1], [-0, 1], [inf, nan], [-inf, nan], [5e-324, 1]]],
  ["tan", maths.tan, [[0, 0], [-0, -0], [inf, nan], [-inf, nan], [5e-324, 5e-324]]],
  ["asin", maths.asin, [[0, 0], [-0, -0], [1, pi / 2], [-1, -pi / 2], [1.1, nan], [-inf, nan], [5e-324, 5e-324]]],
  ["acos", maths.acos, [[1, 0], [-1, pi], [0, pi / 2], [1.1, nan], [-inf, nan]]],
  ["atan", maths.atan, [[0, 0], [-0, -0], [inf, pi / 2], [-inf, -pi / 2], [1, pi / 4], [5e-324, 5e-324]]],
  ["sinh", maths.sinh, [[0, 0], [-0, -0], [inf, inf], [-inf, -inf], [711, inf], [-1000, -inf], [5e-324, 5e-324]]],
  ["cosh", maths.cosh, [[0, 1], [inf, inf], [-inf, inf], [711, inf], [-1000, inf]]],
  ["tanh", maths.tanh, [[0, 0], [-0, -0], [inf, 1], [-inf, -1], [30, 1], [5e-324, 5e-324]]],
];

it.each(special)("%s handles zeros, infinities and the ends of its range", (_, f, table) => {
  for (const [x, y] of table) expect([x, f(x)]).toEqual([x, y]);
  expect(f(nan)).toBeNaN();
});

it("pow follows IEEE 754 for zeros, infinities and NaN", () => {
  // biome-ignore format: a table
  const table: [x: number, y: number, value: number][] = [
    [nan, 0, 1], [1, nan, 1], [nan, 1, nan], [2, nan, nan], [-1, inf, 1], [-1, -inf, 1],
    [2, inf, inf], [2, -inf, 0], [0.5, inf, 0], [-0.5, -inf, inf],
    [0, 3, 0], [-0, 3, -0], [-0, 2, 0], [-0, 0.5, 0], [0, -1, inf], [-0, -1, -inf], [-0, -2, inf],
    [inf, 2, inf], [inf, -2, 0], [-inf, 3, -inf], [-inf, -3, -0], [-inf, 2, inf], [-inf, 0.5, inf],
    [-8, 1 / 3, nan], [-2, 3, -8], [-2, -3, -0.125], [-2, 2 ** 53, inf], [-1, 2 ** 53 - 1, -1],
    [2, 1023, 2 ** 1023], [2, -1074, 5e-324], [2, -1075, 0], [2, 1024, inf], [-2, 1025, -inf], [9, 0.5, 3],
  ];
  for (const [x, y, value] of table) expect([x, y, maths.pow(x, y)]).toEqual([x, y, value]);
});

it("atan2 distinguishes the axes and the quadrants", () => {
  // biome-ignore format: a table
  const table: [y: number, x: number, angle: number][] = [
    [0, 1, 0], [-0, 1, -0], [0, -1, pi], [-0, -1, -pi], [0, 0, 0], [-0, 0, -0], [0, -0, pi], [-0, -0, -pi],
    [1, 0, pi / 2], [-1, -0, -pi / 2], [1, 1, pi / 4], [1, -1, (3 * pi) / 4], [-1, -1, (-3 * pi) / 4],
    [inf, inf, pi / 4], [inf, -inf, (3 * pi) / 4], [-inf, 5, -pi / 2], [5, inf, 0], [-5, inf, -0], [5, -inf, pi],
    [nan, 1, nan], [1, nan, nan], [5e-324, 1e308, 0], [5e-324, 5e-324, pi / 4],
  ];
  for (const [y, x, angle] of table) expect([y, x, maths.atan2(y, x)]).toEqual([y, x, angle]);
});

it("sinCos gives the bits of sin and cos, for near, far, tiny and infinite angles, in any number", () => {
  const corners = [0, -0, 1e-300, -1e-9, 2 ** -27, 400, -400, 1e6, 1e300, inf, -inf, nan];
  for (const n of [0, 1, 7, 8, 9, 64, 203]) {
    const x = Float64Array.from({ length: n }, (_, i) =>
      i % 3 === 0 || n === 8 ? (i - n / 2) * 1.37 : corners[i % 12],
    );
    const place = address(allocate(3 * 8 * Math.max(n, 1)));
    f64.set(x, place / 8);
    sinCos(place + 8 * n, place + 16 * n, place, n);
    const drawn = f64.slice(place / 8 + n, place / 8 + 3 * n);
    expect(drawn).toEqual(Float64Array.from([...Array.from(x, maths.sin), ...Array.from(x, maths.cos)]));
  }
});
