/** A short run on CartPole, of seed 0, in a few figures. */

import type { AlgorithmOptions } from "../algorithms/known-algorithms.js";
import { train } from "../training/train.js";

/** The mean of the last 20 episodes, the best mean of 20 in a row, and the entropy of the last update. */
export interface ShortRun {
  readonly last20: number;
  readonly best20: number;
  readonly entropy: number;
}

/** What is trained, and for how many episodes, at least 20. */
export interface ShortRunConfig {
  readonly preset: "default" | "lecture";
  readonly episodes: number;
  readonly options?: AlgorithmOptions<"reinforce">;
}

/** Several checks look at the same run. It has the same bits whenever it is made, so it is made once. */
const known = new Map<string, ShortRun>();

/** Trains REINFORCE. */
export function shortRun(config: ShortRunConfig): ShortRun {
  const key = JSON.stringify(config);
  const found = known.get(key) ?? trained(config);
  known.set(key, found);
  return found;
}

function trained({ preset, episodes, options = {} }: ShortRunConfig): ShortRun {
  const returns: number[] = [];
  let entropy = 0;
  for (const update of train({ preset, episodes, options, seed: 0, stopWhenSolved: false })) {
    returns.push(...update.returns);
    entropy = update.diagnostics.entropy;
  }
  let best20 = 0;
  let last20 = 0;
  for (let end = 20; end <= returns.length; end++) {
    last20 = returns.slice(end - 20, end).reduce((sum, value) => sum + value, 0) / 20;
    best20 = Math.max(best20, last20);
  }
  return { last20, best20, entropy };
}
