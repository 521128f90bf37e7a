/** The estimator lab: estimators of the policy gradient, measured against the exact one in small worlds. */

export { byLength, type OfLength } from "./by-length.js";
export { corridor } from "./corridor.js";
export type { Critic } from "./critics.js";
export { logProbabilitySlope, objectiveSlope, probabilityOf, type Rules, scoreOf, watchedChain } from "./dynamics.js";
export { entropyEstimate, entropyField, entropyGradient } from "./entropy.js";
export { canEnumerate, enumerated, momentsOf } from "./enumerate.js";
export { allEpisodes, batchOf, drawBatch, type Episode, type EpisodeBatch, eachBatch } from "./episodes.js";
export {
  type Estimator,
  estimate,
  type GaeEstimator,
  type ReinforceEstimator,
  stepWeights,
} from "./estimator.js";
export { ESTIMATORS } from "./estimators.js";
export type { Experiment, Finding, Trial } from "./experiments/experiment.js";
export { EXPERIMENTS } from "./experiments/index.js";
export { criticBias } from "./gae-theory.js";
export { hotelling, type SpreadTest } from "./hotelling.js";
export {
  type Agreement,
  type Measurement,
  type MeasureOptions,
  measure,
  measuring,
  type OpenMeasurement,
  openMeasurement,
  ranked,
} from "./measure.js";
export { type GaeMomentsOptions, gaeMoments, type Moments } from "./moments.js";
export {
  type BaselineOptions,
  constantBaseline,
  singleStateBaseline,
  stateBaseline,
  wholeEpisodeBaseline,
} from "./optimal-baselines.js";
export { episodeMeanSlope, fittedValueMean, meanBaselineSlope, perStepMean } from "./own-sample.js";
export { batchesFor, type Certainty, type Comparison, type Difference, differences } from "./paired.js";
export {
  logitTable,
  type Parametrisation,
  type PolicyName,
  policyFor,
  sharedLogits,
  tanhNetwork,
} from "./parametrisation.js";
export { type LaterStep, type LaterStepOptions, laterStep } from "./ppo-steps.js";
export { type Prediction, targetOf } from "./prediction.js";
export { randomWorld } from "./random-world.js";
export { type Draw, type Reference, type Sampled, type Steps, sampled } from "./sample.js";
export { type Setting, settingOf } from "./setting.js";
export { STALE_ESTIMATORS, staleSetting } from "./stale.js";
export { eachBatchOfSteps } from "./step-budget.js";
export { predictionOf } from "./theory.js";
export { LIMIT_ESTIMATORS, withTimeLimit } from "./time-limit.js";
export { returnDeviation } from "./whitening.js";
export { wholeEpisodeMoments } from "./whole-episode.js";
export { type World, worldOf } from "./world.js";
export { WORLD_OPTIONS, worldNamed, worlds } from "./world-options.js";
export { duel, type RepeatedBanditOptions, refund, repeatedBandit, twoArms } from "./worlds.js";
