/** Findings about the size of the gradient. */

import { listAlgorithms } from "../../algorithms/registry.js";
import { ROUNDING } from "../../training/gradient.js";
import { optionsOf } from "../../training/setup.js";
import type { Finding } from "../finding.js";
import { RANGES } from "../ranges.js";
import { type RunFigures, WINDOW_UPDATES } from "./run-figures.js";
import { highest, windowMedians } from "./statistics.js";
import { rateBy, shown, training } from "./try-next.js";

/** What to set where the settings themselves cancel the returns. */
const COMPARE_EPISODES = { baseline: "leave-one-out", normalise: "batch", returns: "to-go", episodesPerUpdate: 8 };

/** No update had a gradient. */
export function noGradient(run: RunFigures): Finding | undefined {
  if (!run.progress.unmoved) return undefined;
  return {
    code: "gradient-zero",
    severity: "error",
    seen: `the gradient was 0 in all ${run.updates} updates`,
    why: `Nothing was learned: ${cancelling(run) ?? "every advantage was 0, or the log-probabilities have lost their graph"}.`,
    ...training(run, COMPARE_EPISODES),
  };
}

/** Many updates had none, although there is something left to learn. */
export function someWithoutGradient(run: RunFigures): Finding | undefined {
  const norms = run.values("gradientNorm");
  const still = norms.filter((norm) => Math.abs(norm) <= ROUNDING).length;
  if (run.progress.unmoved || run.solved || run.progress.deterministic()) return undefined;
  if (still / norms.length <= RANGES.zeroShare) return undefined;
  return {
    code: "gradient-often-zero",
    severity: "warning",
    seen: `the gradient was 0 in ${still} of ${norms.length} updates`,
    why: "Those updates taught nothing: within their batch all returns were equal, or normalisation left nothing of them.",
    ...training(run, { ...COMPARE_EPISODES, envs: 16, rolloutSteps: 256 }),
  };
}

/** The gradient grew far beyond what it was at the start. */
export function exploding(run: RunFigures): Finding | undefined {
  const windows = windowMedians(run.values("gradientNorm"), WINDOW_UPDATES);
  const top = highest(windows);
  const first = windows[0].value;
  if (!(first > ROUNDING && top.value > RANGES.gradientGrowth * first)) return undefined;
  return {
    code: "gradient-exploding",
    severity: run.solved ? "warning" : "error",
    seen: `the median gradient norm of ${WINDOW_UPDATES} updates rose from ${shown(first)} to ${shown(top.value)} at ${run.place(top.last)}`,
    why: "A few such updates undo all others: the returns or the errors of the value network have outgrown the learning rate.",
    ...training(run, { maxGradNorm: 0.5, scaleRewards: true, ...rateBy(run, 1 / 3) }),
  };
}

/** The gradient shrank to almost nothing while the policy was still undecided. */
export function vanishing(run: RunFigures): Finding | undefined {
  const windows = windowMedians(run.values("gradientNorm"), WINDOW_UPDATES);
  const first = windows[0].value;
  const last = windows[windows.length - 1].value;
  const { startEntropy } = run.progress.snapshot();
  const undecided = run.dimensions > 0 || run.progress.entropy > 0.5 * (startEntropy ?? 0);
  if (run.solved || run.progress.unmoved || !undecided) return undefined;
  if (!(last < RANGES.gradientDecay * first)) return undefined;
  return {
    code: "gradient-vanishing",
    severity: "warning",
    seen: `the median gradient norm of ${WINDOW_UPDATES} updates fell from ${shown(first)} to ${shown(last)}, with ${shown(run.progress.entropy)} nats of entropy left`,
    why: "The policy is still undecided, but hardly anything moves it: its units are saturated or dead, or all advantages have become 0.",
    ...training(run, { activation: "tanh", init: "orthogonal", normaliseObservations: true }),
  };
}

/** The settings compare an episode with itself only. */
export function erasedAdvantages(run: RunFigures): Finding | undefined {
  const { options } = run.config;
  const because = cancelling(run);
  if (run.solved || run.progress.unmoved) return undefined;
  if (because === undefined && options.normalise !== "episode") return undefined;
  return {
    code: "advantages-erased",
    severity: because === undefined ? "note" : "warning",
    seen: because === undefined ? "normalise episode" : "the options of the run",
    why: because === undefined ? "Normalised by itself, a good episode looks like a bad one." : `${because}.`,
    ...training(run, COMPARE_EPISODES),
  };
}

/** Why the options leave no gradient, in the algorithm's own words. */
function cancelling({ config }: RunFigures): string | undefined {
  const algorithm = listAlgorithms().find(({ name }) => name === config.algorithm);
  return algorithm?.noGradient?.(optionsOf({ config, schedules: {} }));
}
