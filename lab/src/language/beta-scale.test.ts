import { expect, it } from "vitest";
import { betaAt, LARGEST_BETA, placeOf, STEPS } from "./beta-scale.js";

it("reaches 0 and the largest β", () => {
  expect([betaAt(0), betaAt(STEPS)]).toEqual([0, LARGEST_BETA]);
  expect([placeOf(0), placeOf(LARGEST_BETA), placeOf(99)]).toEqual([0, STEPS, STEPS]);
});

it("comes back to its place, or next to it where two digits are too few", () => {
  for (let place = 4; place <= STEPS; place++) expect(Math.abs(placeOf(betaAt(place)) - place)).toBeLessThanOrEqual(1);
});

it("has two digits", () => {
  expect(betaAt(32)).toBe(0.098);
});
