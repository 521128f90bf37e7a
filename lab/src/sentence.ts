/** What is seen, in one sentence. */

import type { LabRun } from "./state/lab.js";

export function sentenceOf(run: LabRun): string {
  const begun = run.begun.value;
  const result = run.result.value;
  if (run.status.value === "failed") return run.message.value ?? "The run failed.";
  if (begun === undefined) return "The engine is starting.";
  const { algorithm, env } = begun.config;
  if (result === undefined || result.averageReturn === null)
    return `${nameOf(algorithm)} begins to learn ${env}, knowing nothing.`;
  if (run.status.value === "finished") return result.verdict.text;
  const goal = begun.threshold === undefined ? "" : `, and ${begun.threshold} counts as solved`;
  const window = Math.min(100, result.episodes);
  return `${nameOf(algorithm)} is learning ${env}: after ${result.episodes} episodes, the last ${window} average ${round(result.averageReturn)}${goal}.`;
}

const NAMES: Readonly<Record<string, string>> = {
  reinforce: "REINFORCE",
  vpg: "VPG",
  "actor-critic": "Actor-critic",
  a2c: "A2C",
  ppo: "PPO",
};

export function nameOf(algorithm: string): string {
  return NAMES[algorithm] ?? algorithm;
}

function round(x: number): string {
  return Math.abs(x) >= 10 ? x.toFixed(1) : x.toFixed(2);
}
