import { expect, test } from "vitest";
import type { Update } from "../training/types.js";
import { Curves } from "./curves.js";
import { LongCurve } from "./long-curve.js";
import { Sample } from "./sample.js";

function update(n: number, loss: number): Update {
  const diagnostics = { loss, entropy: 0.5, gradientNorm: 1, learningRate: 0.01 };
  return {
    update: n,
    episodes: 2 * n,
    steps: 20 * n,
    returns: [n, -n],
    lengths: [10, 10],
    lastSteps: [20 * n - 10, 20 * n],
    averageReturn: n,
    info: {},
    diagnostics,
  };
}

test("a sample keeps all points while they are few, and then every second, every fourth …", () => {
  const sample = new Sample(4);
  for (let n = 1; n <= 4; n++) sample.add(n, 10 * n);
  expect(sample.x).toEqual([1, 2, 3, 4]);
  sample.add(5, 50);
  expect([sample.x, sample.y]).toEqual([
    [2, 4],
    [20, 40],
  ]);
  for (let n = 6; n <= 17; n++) sample.add(n, 10 * n);
  expect(sample.x).toEqual([4, 8, 12, 16]);
});

test("a long curve is thinned, and keeps its first, its last, its lowest and its highest point", () => {
  const curve = new LongCurve();
  const noise = (n: number): number => (n * 7919) % 100;
  for (let n = 0; n < 300_000; n++) curve.add(3 * n, n === 123_456 ? 5000 : n === 200_001 ? -5000 : noise(n));
  const { x, y } = curve;
  expect(x.length).toBeLessThanOrEqual(8192);
  expect([x[0], x.at(-1)]).toEqual([0, 3 * 299_999]);
  expect(x[y.indexOf(5000)]).toBe(3 * 123_456);
  expect(x[y.indexOf(-5000)]).toBe(3 * 200_001);
  expect(x).toEqual([...x].sort((a, b) => a - b));
});

test("a long curve without a value, or in one place, keeps its size", () => {
  const nothing = new LongCurve();
  const place = new LongCurve();
  for (let n = 0; n < 20_000; n++) {
    nothing.add(n, Number.NaN);
    place.add(0, n);
  }
  expect(nothing.x.length).toBeLessThanOrEqual(8192);
  expect([place.y.length <= 8192, place.y[0], place.y.at(-1)]).toEqual([true, 0, 19_999]);
});

test("the curves of a run have every value and its mean over 20 updates", () => {
  const curves = new Curves("episode");
  expect(curves.empty).toBe(true);
  for (let n = 1; n <= 60; n++) curves.add(update(n, n));
  expect(curves.empty).toBe(false);
  expect(curves.returns.x.slice(0, 4)).toEqual([1, 2, 3, 4]);
  expect(curves.returns.y.slice(0, 4)).toEqual([1, -1, 2, -2]);
  expect(curves.average.x).toEqual(Array.from({ length: 60 }, (_, i) => 2 * i + 2));
  const { values, means } = curves.diagnostics.get("loss") as NonNullable<ReturnType<typeof curves.diagnostics.get>>;
  expect(values.y).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  expect([means.y[0], means.y[1], means.y[59]]).toEqual([1, 1.5, 50.5]);
  expect([...curves.diagnostics.keys()]).toEqual(["loss", "entropy", "gradientNorm", "learningRate"]);
});

test("a diagnostic that is measured in some updates only has its values where they are", () => {
  const curves = new Curves("episode");
  curves.add(update(1, 4));
  const second = update(2, 3);
  curves.add({ ...second, diagnostics: { ...second.diagnostics, signalToNoise: 2 } });
  curves.add(update(3, 2));
  const { values } = curves.diagnostics.get("signalToNoise")!;
  expect([values.x, values.y]).toEqual([[4], [2]]);
  expect(curves.diagnostics.get("loss")!.values.y).toEqual([4, 3, 2]);
});

test("the critical batch of a run is the mean noise over the mean signal, not the mean of ratios", () => {
  const curves = new Curves("episode");
  const measured = (n: number, gradientVariance: number, signalToNoise: number): Update => {
    const one = update(n, 0);
    return { ...one, diagnostics: { ...one.diagnostics, gradientVariance, signalToNoise } };
  };
  expect(curves.noise.sentence).toBeUndefined();
  curves.add(measured(1, 2, -0.5));
  expect(curves.noise.sentence).toMatch(/^Noise hides the gradient's direction \(1 measurement,/);
  curves.add(measured(2, 4, 1));
  // 20 · (2 + 4) steps of noise over a signal of 2 · (-0.5) + 4 · 1.
  expect(curves.noise.sentence).toMatch(/^Critical batch 40 steps/);
});
