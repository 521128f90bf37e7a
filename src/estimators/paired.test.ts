import { expect, it } from "vitest";
import { batchesFor } from "./paired.js";

it("a bias of a tenth of the deviation takes (10 · (3.8906 + 2.3263))² batches, at a two-sided level of 1e-4", () => {
  expect(batchesFor(0.1, 1)).toBe(3865);
  expect(batchesFor(-0.1, 1)).toBe(3865);
  expect(batchesFor(0.1, 1, { level: 0.05, power: 0.8 })).toBe(785);
});

it("two batches are the fewest, since one has no deviation", () => {
  expect(batchesFor(1e9, 1)).toBe(2);
});
