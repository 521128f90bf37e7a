import { expect, it } from "vitest";
import { defaultRng } from "../random/index.js";
import { hotelling } from "./hotelling.js";

/** The mean and the covariance of S vectors, by rows. */
function moments(vectors: readonly Float64Array[]) {
  const n = vectors[0].length;
  const S = vectors.length;
  const mean = Float64Array.from({ length: n }, (_, k) => vectors.reduce((sum, one) => sum + one[k], 0) / S);
  const covariance = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return vectors.reduce((sum, one) => sum + (one[i] - mean[i]) * (one[j] - mean[j]), 0) / (S - 1);
  });
  return { mean, covariance };
}

const rounding = (): number => 1e-12;

it("one free direction is Student's t², with its probability", () => {
  // Left of the first coordinate is the second: mean 2, deviation 1, so t = 2·√4 = 4 and P(|t₃| ≥ 4) = 0.0280085.
  const direction = Float64Array.of(1, 0);
  const test = hotelling(Float64Array.of(7, 2), Float64Array.of(1, 0, 0, 1), { batches: 4, direction, rounding });
  expect(test).toEqual({ statistic: expect.closeTo(16, 12), dimensions: 1, probability: expect.closeTo(0.0280085, 6) });
});

it("coordinates that follow from others count once, and those that don't vary not at all", () => {
  const direction = Float64Array.of(0, 0, 0, 1);
  // The second is minus the first, the third is constant.
  const covariance = Float64Array.of(2, -2, 0, 0, -2, 2, 0, 0, 0, 0, 1e-30, 0, 0, 0, 0, 1);
  const test = hotelling(Float64Array.of(0.1, -0.1, 0, 5), covariance, { batches: 200, direction, rounding });
  expect(test).toMatchObject({ statistic: expect.closeTo(1, 9), dimensions: 1 });
});

it("where a direction doesn't vary, a difference there is infinitely unlikely", () => {
  const covariance = Float64Array.of(2, -2, 0, -2, 2, 0, 0, 0, 1);
  const direction = Float64Array.of(0, 0, 1);
  expect(hotelling(Float64Array.of(0.1, 0.1, 0), covariance, { batches: 200, direction, rounding }).probability).toBe(
    0,
  );
});

it("under the right prediction, probabilities are spread evenly", () => {
  const rng = defaultRng(4);
  const direction = Float64Array.of(1, 1, 1);
  const probabilities = Array.from({ length: 400 }, () => {
    const vectors = Array.from({ length: 12 }, () => {
      const [a, b, c] = [rng.standardNormal(), rng.standardNormal(), rng.standardNormal()];
      return Float64Array.of(a, a + 0.5 * b, c);
    });
    const { mean, covariance } = moments(vectors);
    return hotelling(mean, covariance, { batches: 12, direction, rounding }).probability;
  });
  for (const share of [0.1, 0.5, 0.9]) {
    const below = probabilities.filter((probability) => probability < share).length / 400;
    expect(Math.abs(below - share)).toBeLessThan(3 * Math.sqrt((share * (1 - share)) / 400));
  }
});
