import { expect, test } from "vitest";
import { integer, linear, log, oneMinusLog, parseRange, powersOfTwo, type Range, rangeText, valueAt } from "./range.js";

const values = (range: Range): number[] => [0, 0.25, 0.5, 0.75, 1 - 2 ** -32].map((share) => valueAt(range, share));

test("each range is even on its own scale, with both bounds", () => {
  expect(values(linear(-1, 1))).toEqual([-1, -0.5, 0, 0.5, 1]);
  expect(values(log(1e-5, 1e-1))).toEqual([1e-5, 1e-4, 1e-3, 1e-2, 0.1]);
  expect(values(oneMinusLog(0.9, 0.9999))).toEqual([0.9, 0.98222, 0.996838, 0.9994377, 0.9999]);
  expect(values(integer(1, 4))).toEqual([1, 2, 3, 4, 4]);
  expect(values(powersOfTwo(64, 512))).toEqual([64, 128, 256, 512, 512]);
});

test("a drawn number has four digits, and stays in its range", () => {
  expect(valueAt(log(1e-4, 1e-2), 0.3)).toBe(0.0003981);
  expect(valueAt(linear(0.12344, 0.2), 0)).toBe(0.12344);
});

test("a range is read from its text, and written as it", () => {
  expect(parseRange(" log( 1e-5 , 1e-1 ) ", "draw.a")).toEqual(log(1e-5, 0.1));
  expect(parseRange(rangeText(oneMinusLog(0.9, 0.999)), "draw.a")).toEqual(oneMinusLog(0.9, 0.999));
});

test.each([
  ["lg(1, 2)", /^draw\.a: got "lg\(1, 2\)", allowed is a range, such as log\(1e-5, 1e-1\): .*Did you mean log\?$/],
  ["0.1", /^draw\.a: got "0\.1", allowed is a range/],
  ["log(0, 1)", /^draw\.a: got "log\(0, 1\)", allowed is log\(from, to\) with from < to, positive numbers$/],
  ["linear(2, 1)", /with from < to/],
  ["linear(1, x)", /finite numbers$/],
  ["one-minus-log(0.9, 1)", /numbers below 1$/],
  ["integer(1, 2.5)", /whole numbers$/],
  ["powers-of-two(64, 100)", /powers of two, such as 64$/],
])("%s is refused", (text, message) => {
  expect(() => parseRange(text, "draw.a")).toThrow(message);
});
