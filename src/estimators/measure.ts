/** The lab's question: does each estimator do what theory says, and how good is it? */

import { ConfigError } from "../errors.js";
import { requireKnown } from "../options.js";
import { defaultRng } from "../random/index.js";
import { rejected, twoSided } from "../significance.js";
import { visitation } from "../tabular/gradient.js";
import { checkEstimators } from "./check-estimator.js";
import { checkFields, checkList, checkSeed, checkSetting, checkShare, checkWhole } from "./checks.js";
import { canEnumerate, enumerated } from "./enumerate.js";
import type { Estimator } from "./estimator.js";
import type { Moments } from "./moments.js";
import { type Prediction, targetOf } from "./prediction.js";
import { finished, type Sampled, Sampler, type Steps } from "./sample.js";
import type { Setting } from "./setting.js";
import { inner, square, squaredDistance } from "./square.js";
import { predictionOf } from "./theory.js";
import { checkWork } from "./work.js";

/** Whether what was measured is what theory predicts. `too few` samples give no verdict, `open` theory has no formula. */
export type Agreement = "agrees" | "fails" | "too few" | "open";

/** One estimator, measured. */
export interface Measurement {
  readonly estimator: Estimator;
  readonly prediction: Prediction;
  /** By enumeration, where the world allows it. */
  readonly exact: Moments | undefined;
  /** On drawn batches, if any were asked for. */
  readonly sampled: Sampled | undefined;
  readonly agreement: Agreement;
  /** |E[ĝ] − target|². By sampling it is corrected for the mean's own variance, so it may be negative. */
  readonly biasSquared: number;
  /** The cosine of E[ĝ] to the target. */
  readonly cosine: number;
  readonly variance: number;
  readonly meanSquaredError: number;
  /** The mean squared error for the best learning rate, over |target|²: 1 − (E·g)²/(|g|² E|ĝ|²). From 0, good, to 1. */
  readonly scaledError: number;
  /** About how many episodes make the cosine of an estimate to its own mean c, 0.9 by default: tr₁/|E|² · c²/(1 − c²). */
  readonly episodesForCosine: number;
}

/** The settings of `measure`. */
export interface MeasureOptions {
  /** Episodes in a batch. */
  readonly episodes: number;
  /** The number of batches to draw. Default: none where all batches can be enumerated, else 2,000. */
  readonly batches?: number | undefined;
  readonly seed?: number | bigint | undefined;
  /** c, for `episodesForCosine`. Default: 0.9. */
  readonly cosine?: number | undefined;
}

/** How many batches are drawn unless it is said: none where all can be enumerated. */
export function usualBatches(setting: Setting, episodes: number): number {
  return canEnumerate(setting, episodes) ? 0 : 2000;
}

/** The chance of a false alarm among all comparisons of a measurement. */
const FAMILY_LEVEL = 1e-3;
const FEWEST_BATCHES = 1000;
const FEWEST_VISITS = 30;
/** Enumeration and linear systems agree with theory to this. */
const EXACT = 1e-9;

/**
 * Measures estimators of the gradient of a policy in a world, by enumeration where that is possible and by sampling.
 *
 * @throws ConfigError if `episodes` is less than 2, `batches` is no whole number, or 1, or `cosine` is not between 0 and 1,
 *   for estimators that are none, an option that does not exist, or batches that would take hours
 */
export function measure(
  estimators: readonly Estimator[],
  setting: Setting,
  options: MeasureOptions,
): readonly Measurement[] {
  return finished(measuring(estimators, setting, options));
}

/**
 * The same as `measure`, as an iterator that pauses after each drawn batch with the number of batches so far, and returns the
 * measurements. With it a program shows how far it is, or stops.
 *
 * @throws ConfigError at the first step, as `measure` does
 */
export function* measuring(
  estimators: readonly Estimator[],
  setting: Setting,
  options: MeasureOptions,
): Steps<readonly Measurement[]> {
  checkEstimators(estimators);
  checkSetting(setting);
  requireKnown(options, ["episodes", "batches", "seed", "cosine"]);
  const { batches, ...batch } = options;
  const { episodes } = checkBatch(batch);
  const isExact = canEnumerate(setting, episodes);
  const S = batches ?? usualBatches(setting, episodes);
  if (!Number.isSafeInteger(S) || S < 0 || S === 1)
    throw new ConfigError({ field: "batches", given: S, allowed: "0, or a whole number of at least 2" });
  if (!isExact && S === 0)
    throw new ConfigError({ field: "batches", given: S, allowed: "at least 2 where batches can't be enumerated" });
  if (S > 0) checkWork(setting, { estimators: estimators.length, episodes, batches: S });
  const open = opened(estimators, setting, batch);
  while (open.batches < S) {
    open.draw();
    yield open.batches;
  }
  return open.result();
}

/** A measurement that goes on as long as one likes. */
export interface OpenMeasurement {
  /** How many batches were drawn so far. */
  readonly batches: number;
  /** Draws one batch, and returns what each estimator makes of it. */
  draw(): readonly Float64Array[];
  /**
   * What all batches so far say, as `measure` would of so many.
   *
   * @throws ConfigError before the second batch, unless all batches can be enumerated
   */
  result(): readonly Measurement[];
}

/**
 * Begins a measurement that draws when it is asked to and says at any time what it has found, to show one as it grows. After
 * S batches it is what `measure` returns for `batches: S` and the same seed, to the bit.
 *
 * @throws ConfigError as `measure` does
 */
export function openMeasurement(
  estimators: readonly Estimator[],
  setting: Setting,
  options: Omit<MeasureOptions, "batches">,
): OpenMeasurement {
  checkEstimators(estimators);
  checkSetting(setting);
  requireKnown(options, ["episodes", "seed", "cosine"]);
  const { episodes } = checkBatch(options);
  checkWork(setting, { estimators: estimators.length, episodes, batches: 1 });
  return opened(estimators, setting, options);
}

function checkBatch({ episodes, seed = 0, cosine = 0.9 }: Omit<MeasureOptions, "batches">) {
  checkWhole("episodes", episodes, 2);
  checkShare("cosine", cosine);
  checkSeed(seed);
  return { episodes, seed, cosine };
}

function opened(
  estimators: readonly Estimator[],
  setting: Setting,
  { episodes, seed = 0, cosine = 0.9 }: Omit<MeasureOptions, "batches">,
): OpenMeasurement {
  const predictions = estimators.map((estimator) => predictionOf(estimator, setting, episodes));
  const moments = canEnumerate(setting, episodes) ? enumerated(estimators, setting, episodes) : undefined;
  const references = estimators.map((estimator, i) => {
    const target = predictions[i].aim ?? targetOf(setting, predictions[i].target);
    const mean = predictions[i].mean ?? moments?.[i].mean ?? target;
    const bias = mean.map((value, k) => value - target[k]);
    const direction = square(bias) > 1e-18 * square(target) ? bias : target;
    return { estimator, mean, target, direction };
  });
  const sampler = new Sampler(references, setting, { episodes, rng: defaultRng(seed) });
  return {
    get batches() {
      return sampler.batches;
    },
    draw: () => sampler.draw(),
    result() {
      const S = sampler.batches;
      if (S < 2 && (S === 1 || moments === undefined))
        throw new ConfigError({ field: "batches", given: S, allowed: "at least 2 drawn batches" });
      const draws = S === 0 ? undefined : sampler.result();
      const failing = draws && falseBySampling(draws, predictions, moments);
      const isEnough = S >= FEWEST_BATCHES && rarestVisits(setting) * S * episodes >= FEWEST_VISITS;
      return estimators.map((estimator, i): Measurement => {
        const exact = moments?.[i];
        const prediction = predictions[i];
        const { target } = references[i];
        return {
          estimator,
          prediction,
          exact,
          sampled: draws?.[i],
          agreement: agreementOf(prediction, exact, failing && { fails: failing[i], isEnough }),
          ...qualities(exact ?? draws?.[i], target, { episodes, cosine, batches: exact === undefined ? S : undefined }),
        };
      });
    },
  };
}

function agreementOf(
  { mean, variance }: Prediction,
  exact: Moments | undefined,
  drawn: { readonly fails: boolean; readonly isEnough: boolean } | undefined,
): Agreement {
  if (exact !== undefined) {
    const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= EXACT * Math.max(1, Math.abs(b));
    if (mean?.some((value, k) => !isNear(exact.mean[k], value))) return "fails";
    if (variance !== undefined && !isNear(exact.variance, variance)) return "fails";
  }
  const isPredicted = mean !== undefined || exact !== undefined;
  if (drawn !== undefined && isPredicted) {
    if (!drawn.isEnough) return "too few";
    if (drawn.fails) return "fails";
  }
  return mean === undefined ? "open" : "agrees";
}

/** Which estimators differ from their predictions, at one level for all comparisons together. */
function falseBySampling(
  draws: readonly Sampled[],
  predictions: readonly Prediction[],
  moments: readonly Moments[] | undefined,
): readonly boolean[] {
  const probabilities = draws.map(({ probabilities, mean, variance, varianceError }, i): readonly number[] => {
    if (predictions[i].mean === undefined && moments === undefined) return [];
    const expected = predictions[i].variance ?? moments?.[i].variance;
    if (expected === undefined) return probabilities;
    // Where squares hardly vary, a difference of their mean is rounding or an error.
    const rounding = EXACT * (expected + square(mean));
    const apart = Math.abs(variance - expected);
    const probability = varianceError > rounding ? twoSided(apart / varianceError) : Number(apart <= rounding);
    return [...probabilities, probability];
  });
  const failing = rejected(probabilities.flat(), FAMILY_LEVEL);
  let next = 0;
  return probabilities.map((own) => {
    const first = next;
    next += own.length;
    return failing.slice(first, next).some((fails) => fails);
  });
}

/** The expected visits of an episode to the rarest state and action that it can meet. */
function rarestVisits({ mdp, policy }: Setting): number {
  const visits = visitation(mdp, policy, { gamma: 1 });
  return policy.reduce((least, probability, pair) => {
    const expected = visits[Math.floor(pair / mdp.actions)] * probability;
    return expected > 0 ? Math.min(least, expected) : least;
  }, Number.POSITIVE_INFINITY);
}

function qualities(
  moments: Moments | undefined,
  target: Float64Array,
  {
    episodes,
    batches,
    cosine,
  }: { readonly episodes: number; readonly batches: number | undefined; readonly cosine: number },
): Pick<Measurement, "biasSquared" | "cosine" | "variance" | "meanSquaredError" | "scaledError" | "episodesForCosine"> {
  const { mean, variance } = moments ?? { mean: target, variance: Number.NaN };
  const plugIn = squaredDistance(mean, target);
  const biasSquared = batches === undefined ? plugIn : plugIn - variance / batches;
  const along = inner(mean, target);
  const size = square(mean);
  const second = size + variance;
  const odds = (cosine * cosine) / (1 - cosine * cosine);
  return {
    biasSquared,
    cosine: along / Math.sqrt(size * square(target)),
    variance,
    meanSquaredError: biasSquared + variance,
    scaledError: second === 0 ? 1 : 1 - (Math.max(0, along) * Math.max(0, along)) / (square(target) * second),
    episodesForCosine: ((variance * episodes) / size) * odds,
  };
}

/** From the best to the worst: by the error that is left with the best learning rate, which doesn't reward shrinking. */
export function ranked(measured: readonly Measurement[]): readonly Measurement[] {
  checkMeasured(measured);
  return [...measured].sort((a, b) => a.scaledError - b.scaledError);
}

/** @throws ConfigError unless these are measurements */
export function checkMeasured(measured: unknown): void {
  checkList("measured", measured, "what measure() returns");
  for (const one of measured) checkFields("measured", one, ["estimator", "scaledError"], "what measure() returns");
}
