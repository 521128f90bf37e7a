import { expect, test } from "vitest";
import { registerBuiltIns } from "../training/built-ins.js";
import { train } from "../training/train.js";
import { runReport } from "./run-report.js";

registerBuiltIns();

const run = train({ preset: "exercise", episodes: 6, options: { hidden: [4] } });
const updates = [run.advance(), run.advance()].flatMap((update) => update ?? []);

test("the report of a run that still trains says so, and after how many steps", async () => {
  const html = await runReport(run, updates, { versions: { ascent: "9.9.9" }, extensions: [] });
  const { steps, weightsSha256 } = run.result();
  expect(html).toContain(
    `Same command, same bits; but this run, made with Ascent 9.9.9, was still training after ${steps} steps, when the weights’ SHA-256 was <code>${weightsSha256}`,
  );
  expect(html).toContain("preset exercise · seed 0 · in a browser</div>");
  expect(html).toContain("npx ascent train reinforce CartPole-v1 --preset exercise --seed 0 --episodes 6 --hidden 4");
});

test("the report of a run from a checkpoint promises no bits that another budget would change", async () => {
  const html = await runReport(run, updates, { versions: { ascent: "9.9.9" } });
  expect(html).toContain("Same command, same bits if the budget was always this one; but this run,");
});

test("a run in an environment without a name has none, and the error says what is needed", async () => {
  const { config, policy, rewardThreshold, finished } = run;
  const unnamed = { config: { ...config, env: null }, policy, rewardThreshold, finished, result: () => run.result() };
  await expect(runReport(unnamed, updates, { versions: { ascent: "9.9.9" } })).rejects.toThrow(
    "a registered environment",
  );
});
