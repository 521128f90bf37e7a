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
export { type Agreement, type Measurement, type MeasureOptions, measure } from "./measure.js";
export { type GaeMomentsOptions, gaeMoments, wholeEpisodeMoments } from "./moments.js";
export {
  logitTable,
  type Parametrisation,
  type PolicyName,
  policyFor,
  sharedLogits,
  tanhNetwork,
} from "./parametrisation.js";
export { randomWorld } from "./random-world.js";
export { type Reference, type Sampled, sampled } from "./sample.js";
export { type Setting, settingOf } from "./setting.js";
export { criticBias, type Prediction, predictionOf, targetOf } from "./theory.js";
export { type World, worldOf } from "./world.js";
export { type RepeatedBanditOptions, refund, repeatedBandit, worldNamed, worlds } from "./worlds.js";
