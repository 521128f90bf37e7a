/** Findings about exploration: how much of the policy's randomness is left. */

import type { Finding } from "../finding.js";
import { RANGES } from "../ranges.js";
import type { RunFigures } from "./run-figures.js";
import { rateBy, shown, training } from "./try-next.js";

/** Almost nothing is left of it, and the goal is not reached. */
export function entropyGone(run: RunFigures): Finding | undefined {
  const { progress } = run;
  const { startEntropy, deterministicSince } = progress.snapshot();
  if (deterministicSince === null || startEntropy === null) return undefined;
  if (run.solved || progress.collapsedSince !== null) return undefined;
  return {
    code: "entropy-gone",
    // Without a mark to reach, the policy may simply be done.
    severity: progress.threshold === undefined ? "note" : "warning",
    seen: `entropy ${shown(startEntropy)} nats at the start, ${shown(progress.entropy)} since episode ${deterministicSince}`,
    why: "The policy hardly tries other actions any more, so it will stay about as good as it is.",
    ...training(run, { entropyBonus: 0.01, ...rateBy(run, 1 / 3) }),
  };
}

/** It has not fallen at all, and returns don't rise. */
export function entropyStuck(run: RunFigures): Finding | undefined {
  const { progress, dimensions } = run;
  const { startEntropy } = progress.snapshot();
  if (startEntropy === null || run.solved || progress.unmoved || progress.rising()) return undefined;
  if (dimensions > 0 || progress.episodes < 100 || progress.entropy < RANGES.entropyLeft * startEntropy)
    return undefined;
  return {
    code: "entropy-stuck",
    severity: "warning",
    seen: `entropy ${shown(startEntropy)} nats at the start and ${shown(progress.entropy)} after ${progress.episodes} episodes`,
    why: "The policy is as undecided as at the start: its steps are too short, its advantages are noise, or the entropy bonus outweighs the rewards.",
    ...training(run, { ...rateBy(run, 10), entropyBonus: 0 }),
  };
}

/** The noise of continuous actions grows. */
export function entropyGrowing(run: RunFigures): Finding | undefined {
  const { progress, dimensions } = run;
  const { startEntropy } = progress.snapshot();
  if (startEntropy === null || dimensions === 0) return undefined;
  const growth = (progress.entropy - startEntropy) / dimensions;
  if (run.solved || growth <= RANGES.entropyGrowth) return undefined;
  return {
    code: "entropy-growing",
    severity: "warning",
    seen: `entropy ${shown(startEntropy)} nats at the start and ${shown(progress.entropy)} now: ${shown(growth)} more per dimension of the action`,
    why: "Noise grows without limit where it costs nothing, as where actions are clipped at their bounds.",
    ...training(run, { entropyBonus: 0, scaleActions: true, ...rateBy(run, 1 / 3) }),
  };
}
