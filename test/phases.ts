/** Runs made of phases of equal returns, for tests of their verdict. */

import { Progress } from "../src/training/progress.js";

export interface Phase {
  readonly episodes: number;
  readonly returns: number | ((episode: number) => number);
  readonly entropy?: number;
  readonly hadGradient?: boolean;
}

/** A run of one episode an update through the given phases. */
export function runOf(
  phases: readonly Phase[],
  { threshold, dimensions = 0 }: { threshold?: number; dimensions?: number } = {},
): Progress {
  const progress = new Progress(threshold, dimensions);
  for (const { episodes, returns, entropy = 0.5, hadGradient = true } of phases) {
    for (let episode = 0; episode < episodes; episode++) {
      progress.add([typeof returns === "number" ? returns : returns(episode)]);
      progress.learned(entropy, hadGradient);
    }
  }
  return progress;
}

/** Returns that jump about without going anywhere: -1, 1, 0, … around `mean`. */
export const noise =
  (mean: number, size: number) =>
  (episode: number): number =>
    mean + size * (((episode * 7919) % 3) - 1);

export const untrained: Phase = { episodes: 20, returns: 22, entropy: 0.69 };
