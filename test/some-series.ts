import fc from "fast-check";
import type { Level, Series } from "../src/plot/series.js";

const value = fc.oneof(
  fc.double({ min: -1000, max: 1000 }),
  fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1e308, -1e300, 5e-324, 475),
);
const label = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom("", "漢字", "🎲", "\x1b[31m\n", '<b>&"'));

function withPlaces(
  y: number[],
  steps: number[],
  isPlaced: boolean,
  isBanded: boolean,
  label: string,
  faint: boolean,
): Series {
  let place = -3;
  const x = y.map((_, i) => (place += steps[i % steps.length] ?? 1));
  return {
    label,
    y,
    faint,
    ...(isPlaced ? { x } : {}),
    ...(isBanded ? { band: { low: y.map((one) => one - 1), high: y.map((one) => one + 1) } } : {}),
  };
}

const one = fc
  .tuple(
    fc.array(value, { maxLength: 30 }),
    fc.array(fc.constantFrom(0, 1, 0.25, 1e6, 1e299), { minLength: 1, maxLength: 3 }),
    fc.boolean(),
    fc.boolean(),
    label,
    fc.boolean(),
  )
  .map((parts) => withPlaces(...parts));

/** Curves of every kind: none, empty, with gaps, with huge and tiny values, values at one place, bands. */
export const someSeries: fc.Arbitrary<Series[]> = fc.array(one, { maxLength: 9 });
export const someLevels: fc.Arbitrary<Level[]> = fc.array(fc.record({ y: value, label }), { maxLength: 2 });
export const someText: fc.Arbitrary<string | undefined> = fc.option(label, { nil: undefined });
