/**
 * The laws of baselines that contain the return they are subtracted from, and of sums divided by the number of steps.
 *
 * A number b that is computed from a batch and subtracted at every step shifts the mean by −E[b · (1/N) Σ Xᵢ], where Xᵢ is the
 * score of episode i. Σ Xᵢ is the score of the whole batch, so that this is −∇E[b]/N.
 */

import { evaluatePolicy } from "../tabular/evaluate.js";
import { slopesByLogit, visitation } from "../tabular/gradient.js";
import { solvedForward } from "./bellman.js";
import { byLength, type OfLength } from "./by-length.js";
import { checkName, checkOptions, checkSetting, checkWhole } from "./checks.js";
import { perSetting, type Setting } from "./setting.js";

/** A distribution of whole numbers: `weights[i]` belongs to `from + i`. */
interface Weights {
  readonly from: number;
  readonly weights: Float64Array;
}

/** Weights below this fraction of the largest are dropped at both ends. */
const DROPPED = 1e-18;
/** More products than this are not computed. */
const MOST_PRODUCTS = 2e8;

/** The weights of the sum of two independent numbers. */
function convolved(a: Weights, b: Weights): Weights {
  const sums = new Float64Array(a.weights.length + b.weights.length - 1);
  a.weights.forEach((x, i) => {
    if (x !== 0) for (let j = 0; j < b.weights.length; j++) sums[i + j] += x * b.weights[j];
  });
  const largest = sums.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const counts = (value: number): boolean => Math.abs(value) > DROPPED * largest;
  const first = Math.max(0, sums.findIndex(counts));
  return { from: a.from + b.from + first, weights: sums.slice(first, Math.max(first, sums.findLastIndex(counts)) + 1) };
}

const NOTHING: Weights = { from: 0, weights: Float64Array.of(1) };

/** The weights of n independent numbers together. */
function times(one: Weights, n: number): Weights {
  let sum = NOTHING;
  for (let i = 0; i < n; i++) sum = convolved(sum, one);
  return sum;
}

/** Σ weights(L) / (T + L), for T = 1, 2, … */
function meanReciprocals({ from, weights }: Weights, lengths: number): Float64Array {
  return Float64Array.from({ length: lengths }, (_, i) =>
    weights.reduce((sum, weight, k) => sum + weight / (i + 1 + from + k), 0),
  );
}

/** Σ over lengths of weight · row. */
function weighted(lengths: readonly OfLength[], rowOf: (of: OfLength) => Float64Array, weights: Float64Array) {
  const sum = new Float64Array(rowOf(lengths[0]).length);
  lengths.forEach((of, i) => {
    const row = rowOf(of);
    for (let k = 0; k < sum.length; k++) sum[k] += weights[i] * row[k];
  });
  return sum;
}

/** The lengths of one episode as a distribution. */
function lengthsOf(lengths: readonly OfLength[]): Weights {
  return { from: 1, weights: Float64Array.from(lengths, ({ probability }) => probability) };
}

/** Returns to go, or whole-episode returns: Σₜ of either, by length. */
type Returns = "to-go" | "whole-episode";

/** Returns to go by length. Several estimators ask for them, and they take a second on the grid. */
const plainByLength = perSetting((setting) => byLength(setting, { lambda: 1, values: setting.zeros }));

/**
 * ∇E[b] of the mean return over all steps of a batch of N episodes, b = ΣΣG/ΣT. `undefined` where the lengths are too many.
 *
 * By symmetry it is N times the gradient by the distribution of the first episode, whose b is, on average over the others,
 * (ΣG) E[1/(T + L)] + E[rest/(T + L)], with L their steps and `rest` the sum of their returns.
 */
export function meanBaselineSlope(setting: Setting, N: number, returns: Returns): Float64Array | undefined {
  checkSetting(setting);
  checkWhole("N", N, 1);
  checkName("returns", returns, ["to-go", "whole-episode"]);
  const lengths = plainByLength(setting);
  if (lengths === undefined || lengths.length * lengths.length * N * N > MOST_PRODUCTS) return undefined;
  const own = lengthsOf(lengths);
  const sumOf = ({ sum, first }: OfLength, T: number): number => (returns === "to-go" ? sum : first * T);
  const sums = { from: 1, weights: Float64Array.from(lengths, (of, i) => (N - 1) * sumOf(of, i + 1)) };
  const byOthers = times(own, Math.max(0, N - 2));
  const reciprocals = meanReciprocals(convolved(byOthers, N > 1 ? own : NOTHING), lengths.length);
  const rests = meanReciprocals(convolved(byOthers, sums), lengths.length);
  const factors = returns === "to-go" ? reciprocals : reciprocals.map((value, i) => value * (i + 1));
  const ofSums = weighted(lengths, ({ slopes }) => (returns === "to-go" ? slopes.sum : slopes.first), factors);
  const ofLengths = weighted(lengths, ({ slopes }) => slopes.probability, rests);
  return ofSums.map((slope, k) => N * (slope + ofLengths[k]));
}

/** ∇E[Ḡ], where Ḡ is the mean return to go over an episode's own steps. */
export function episodeMeanSlope(setting: Setting): Float64Array | undefined {
  checkSetting(setting);
  const lengths = plainByLength(setting);
  return (
    lengths &&
    weighted(
      lengths,
      ({ slopes }) => slopes.sum,
      Float64Array.from(lengths, (_, i) => 1 / (i + 1)),
    )
  );
}

/** The mean of Σ Aₜ∇log π over all steps of a batch, divided by the number of its steps, with A by GAE(λ). */
export function perStepMean(
  setting: Setting,
  N: number,
  how: { readonly lambda: number; readonly values: ArrayLike<number> },
): Float64Array | undefined {
  checkSetting(setting);
  checkWhole("N", N, 1);
  checkOptions(how, ["lambda", "values"]);
  const isPlain = how.lambda === 1 && how.values === setting.zeros;
  const lengths = isPlain ? plainByLength(setting) : byLength(setting, how);
  if (lengths === undefined || lengths.length * lengths.length * N * N > MOST_PRODUCTS) return undefined;
  const reciprocals = meanReciprocals(times(lengthsOf(lengths), N - 1), lengths.length);
  return weighted(lengths, ({ estimate }) => estimate, reciprocals).map((slope) => N * slope);
}

/**
 * The mean with a V fitted to the very batch, where no state is met twice in an episode: a state that an episode meets with
 * probability ρ keeps the share 1 − (1 − (1 − ρ)ᴺ)/(Nρ) of its F. Elsewhere undefined.
 */
export function fittedValueMean(setting: Setting, N: number): Float64Array | undefined {
  checkSetting(setting);
  checkWhole("N", N, 1);
  const { mdp, policy, values, world, parameters } = setting;
  const { states } = mdp;
  const visits = visitation(mdp, policy, { gamma: 1 });
  // From each state, how often an episode is in each of them: 1 in its own if it never comes back.
  const unit = Float64Array.from({ length: states * states }, (_, i) => (i % (states + 1) === 0 ? 1 : 0));
  const meetings = solvedForward(setting, 1, unit, states);
  for (let s = 0; s < states; s++)
    if (visits[s] > 0 && Math.abs(meetings[s * states + s] - 1) > 1e-12) return undefined;
  const { actionValues } = evaluatePolicy(mdp, policy, world);
  const kept = visits.map((met) => {
    if (met === 0) return 0;
    let missing = 1;
    for (let i = 0; i < N; i++) missing *= 1 - Math.min(1, met);
    return (1 - (1 - missing) / (N * met)) * met;
  });
  return parameters.pulledBack(slopesByLogit({ weights: kept, policy, of: actionValues, means: values }));
}
