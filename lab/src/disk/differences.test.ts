import type { LabRunDetails } from "ascent/node";
import { expect, test } from "vitest";
import { differences } from "./differences.js";
import { someRun } from "./some-run.js";

const details = (options: object, seed: string): LabRunDetails =>
  ({
    run: someRun({ seed }),
    record: { config: { algorithm: "ppo", seed, options, envOptions: {} }, until: null, result: null, seconds: 1 },
  }) as unknown as LabRunDetails;

test("only what differs is told, also where one has a setting that the other lacks", () => {
  const { settings, results } = differences([
    details({ gamma: 0.9, hidden: [64] }, "0"),
    details({ gamma: 0.99, hidden: [64], lambda: 1 }, "0"),
  ]);
  expect(settings).toEqual([
    { name: "gamma", values: ["0.9", "0.99"] },
    { name: "lambda", values: ["–", "1"] },
  ]);
  expect(results).toEqual([]);
});
