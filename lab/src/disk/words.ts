/** Values of files as short texts. */

import { short } from "../number.js";
import { asText } from "../words.js";
import type { DiskRun } from "./folders.js";

const MOST = 200;

/** A setting as it would be typed. */
export function valueText(value: unknown): string {
  if (value === undefined) return "–";
  const text = asText(value);
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
}

export function meanText(mean: number | null | undefined): string {
  return mean === null || mean === undefined || Number.isNaN(mean) ? "–" : short(mean);
}

/** `5 min ago` */
export function agoText(then: number, now: number): string {
  const seconds = Math.max(0, (now - then) / 1000);
  if (seconds < 45) return "just now";
  if (seconds < 5400) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} d ago`;
}

/** `120 of 600 episodes` */
export function progressText({ budget, episodes, steps }: DiskRun): string {
  if (episodes === null) return "no update yet";
  if (budget.episodes !== null) return `${episodes} of ${budget.episodes} episodes`;
  return budget.steps === null ? `${episodes} episodes` : `${steps ?? 0} of ${budget.steps} steps`;
}

/** `ppo on CartPole-v1, seed 0` */
export function titleOf({ algorithm, env, seed, name }: DiskRun): string {
  return algorithm === null ? name : `${algorithm} on ${env ?? "an unnamed environment"}, seed ${seed ?? "?"}`;
}
