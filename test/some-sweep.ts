/** A sweep with outcomes that are easy to recognise: 3 learning rates × 2 discounts, of which one diverges. */

import type { RunOutcome } from "../src/sweeps/outcome.js";
import { runsOf, type SweepPlan } from "../src/sweeps/plan.js";
import { planSweep } from "../src/sweeps/plan-sweep.js";

export function somePlan(seeds = 5): SweepPlan {
  const grid = { learningRate: [1e-3, 1e-2, 1e-1], gamma: [0.9, 0.99] };
  return planSweep({ options: { hidden: [4] }, episodes: 100, grid, seeds });
}

/** The return grows with the discount and the seed, and falls with the learning rate. */
export function someOutcomes(plan: SweepPlan): RunOutcome[] {
  return runsOf(plan).map(({ id, config, until }) => {
    const { learningRate, gamma } = config.options as { learningRate: number; gamma: number };
    const diverged = learningRate === 0.1;
    const solved = learningRate === 1e-3 && gamma === 0.99;
    const finalReturn = diverged
      ? 20
      : solved
        ? 480
        : 100 + 1000 * gamma - 1000 * learningRate - 800 + Number(config.seed);
    return {
      id,
      config,
      until,
      end: diverged ? "diverged" : "finished",
      error: diverged ? "loss is <infinite>" : null,
      verdict: solved ? "solved" : "stalled",
      solvedAtEpisode: solved ? 50 : null,
      solvedAtStep: solved ? 900 : null,
      fellBack: false,
      episodes: 100,
      steps: 2000,
      untrainedReturn: 20,
      finalReturn,
      curve: {
        counts: "episodes",
        of: 100,
        returns: Array.from({ length: 100 }, (_, i) => (i % 9 === 8 ? null : finalReturn)),
      },
      weightsSha256: diverged ? null : "ab".repeat(32),
    };
  });
}
