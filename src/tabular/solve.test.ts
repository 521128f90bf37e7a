import fc from "fast-check";
import { expect, it } from "vitest";
import { solve } from "./solve.js";

it("solves a system without changing its arguments, and swaps rows if a pivot is 0", () => {
  const matrix = Float64Array.of(0, 2, 1, 1);
  const right = Float64Array.of(6, 5);
  expect(solve(matrix, right)).toEqual(Float64Array.of(2, 3));
  expect([...matrix, ...right]).toEqual([0, 2, 1, 1, 6, 5]);
});

it("a singular matrix has no solution", () => {
  expect(solve(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 2))).toBeUndefined();
  expect(solve(Float64Array.of(1, 1 / 3, 3, 1), Float64Array.of(1, 2))).toBeUndefined();
  // Three times 0.1 is 0.30000000000000004, so the matrix is singular only to within rounding.
  expect(solve(Float64Array.of(0.1, 0.2, 0.1 + 0.2, 0.6), Float64Array.of(1, 2))).toBeUndefined();
  expect(solve(new Float64Array(4), Float64Array.of(0, 0))).toBeUndefined();
});

it("recovers the vector that a matrix was multiplied with", () => {
  const side = fc.integer({ min: 1, max: 8 });
  const value = fc.double({ min: -1, max: 1, noNaN: true });
  const system = side.chain((n) =>
    fc.tuple(fc.array(value, { minLength: n * n, maxLength: n * n }), fc.array(value, { minLength: n, maxLength: n })),
  );
  fc.assert(
    fc.property(system, ([numbers, wanted]) => {
      const n = wanted.length;
      // A large diagonal keeps the matrix far from singular. The last row comes first, so that every pivot must be
      // searched for.
      const matrix = Float64Array.from(numbers, (_, i) => {
        const row = (Math.floor(i / n) + 1) % n;
        const column = i % n;
        return numbers[row * n + column] + (row === column ? 2 * n : 0);
      });
      const right = Float64Array.from(wanted, (_, i) => wanted.reduce((sum, x, j) => sum + matrix[i * n + j] * x, 0));
      solve(matrix, right)!.forEach((x, i) => {
        expect(x).toBeCloseTo(wanted[i], 13);
      });
    }),
    { seed: 1 },
  );
});
