import { expect, test } from "vitest";
import { bundled, outputOf } from "./programs/run-program.js";
import type { Sample } from "./programs/small-updates.js";

test("a hand-written loop of 60,000 small updates holds memory flat, abandoned graphs included", async () => {
  const samples = await outputOf<Sample[]>(await bundled("small-updates"), ["60000"]);
  expect(samples).toHaveLength(10);
  const megabytes = (bytes: number): number => bytes / 1024 ** 2;
  for (const { heap, memory, objects, arrays, process } of samples) {
    // Up to 16 MiB of blocks wait for the heap to be emptied, and at about 70 bytes each the objects that name them.
    expect(megabytes(heap)).toBeLessThanOrEqual(16);
    expect(megabytes(memory)).toBeLessThanOrEqual(32);
    expect(megabytes(objects)).toBeLessThan(40);
    expect(megabytes(arrays)).toBeLessThan(1);
    expect(megabytes(process)).toBeLessThan(512);
  }
}, 120_000);
