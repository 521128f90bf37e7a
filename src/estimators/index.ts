/** The estimator lab: estimators of the policy gradient, measured against the exact one in small worlds. */

export { canEnumerate, enumerated, type Moments } from "./enumerate.js";
export { allEpisodes, batchOf, drawBatch, type Episode, type EpisodeBatch, eachBatch } from "./episodes.js";
export {
  type Critic,
  type Estimator,
  estimate,
  type GaeEstimator,
  type ReinforceEstimator,
  stepWeights,
} from "./estimator.js";
export { ESTIMATORS } from "./estimators.js";
export { criticBias } from "./gae-theory.js";
export { type Agreement, type Measurement, type MeasureOptions, measure } from "./measure.js";
export { type GaeMomentsOptions, gaeMoments } from "./moments.js";
export {
  type BaselineOptions,
  constantBaseline,
  singleStateBaseline,
  stateBaseline,
  wholeEpisodeBaseline,
} from "./optimal-baselines.js";
export {
  logitTable,
  type Parametrisation,
  type PolicyName,
  policyFor,
  sharedLogits,
  tanhNetwork,
} from "./parametrisation.js";
export { type Prediction, targetOf } from "./prediction.js";
export { randomWorld } from "./random-world.js";
export { type Reference, type Sampled, sampled } from "./sample.js";
export { type Setting, settingOf } from "./setting.js";
export { predictionOf } from "./theory.js";
export { wholeEpisodeMoments } from "./whole-episode.js";
export { type World, worldOf } from "./world.js";
export { type RepeatedBanditOptions, refund, repeatedBandit, worldNamed, worlds } from "./worlds.js";
