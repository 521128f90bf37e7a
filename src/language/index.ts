/** Small language models: tokenizers, GPT-2, trainers, tasks with a known truth, and exact answers. */

export { bestOf, bestOfBound, bestPlaces } from "./best-of-n.js";
export { separateCritic, sharedCritic, type TokenCritic } from "./critic.js";
export { type AscentEnd, type AscentOptions, ascend, type TokenBandit, tokenBandit } from "./exact/bandit.js";
export {
  divergence,
  expectation,
  forwardOptimum,
  optimalValue,
  regularisedValue,
  reverseOptimum,
} from "./exact/optimum.js";
export { tablePolicy } from "./exact/table-policy.js";
export {
  rewardIn,
  type Standing,
  standingOf,
  type TokenTree,
  type TokenTreeOptions,
  textLogProbs,
  tokenTree,
} from "./exact/token-tree.js";
export { type Gpt, type GptLayer, gpt, type Norm, type Projection } from "./gpt/gpt.js";
export { GPT_SIZES, type GptConfig, type GptSize, gptConfig } from "./gpt/gpt-config.js";
export { gptPolicy } from "./gpt/gpt-policy.js";
export {
  type FixedPoint,
  fixedPointOf,
  KL_ESTIMATES,
  KL_PLACES,
  type KlEstimate,
  type KlPlace,
  klEstimate,
  klSlope,
  klWeight,
} from "./kl.js";
export type { TokenPass, TokenPolicy } from "./policy.js";
export { type RewardModel, rewardModel } from "./reward-model.js";
export { type Drawing, drawRollouts, type Rollouts } from "./rollouts.js";
export { type Assessed, type Assessment, type AssessmentOptions, assess, type Marks } from "./run/assess.js";
export {
  type LanguageCode,
  type LanguageConfig,
  type PairTrainer,
  type RolloutTrainer,
  TRAINERS,
  type TrainerName,
} from "./run/language-config.js";
export { type LanguageModel, readLanguageModel, type Written } from "./run/language-model.js";
export type { LanguageTraining } from "./run/language-training.js";
export { type Judge, type Preference, readPreferences, writePreferences } from "./run/preferences.js";
export { RewardError } from "./run/reward-error.js";
export type { Reward, Score } from "./run/rewards.js";
export { STAGES, type Stage, type StageName } from "./run/stages.js";
export type { Steering } from "./run/steering.js";
export type { AdvantageSettings, TokenCell, TokenTable } from "./run/token-table.js";
export { resumeLanguage, trainLanguage } from "./run/train-language.js";
export type { ScoredResponse } from "./run/tuning.js";
export { type BestOptions, type BestWritten, type Chosen, writeBest } from "./run/write-best.js";
export { type Drawn, type SamplingOptions, sampleResponses } from "./sampling.js";
export { type Sequence, type TokenRows, tokenRows } from "./sequences.js";
export { type DigitTask, type DigitTaskName, digitTask, lastDigitOnly } from "./tasks/digits.js";
export { sentiment } from "./tasks/sentiment.js";
export type { LanguageTask, Sample } from "./tasks/task.js";
export type { BpeData } from "./tokenizers/bpe.js";
export { type CharacterData, characterTokenizer } from "./tokenizers/characters.js";
export type { TextOptions, Tokenizer } from "./tokenizers/tokenizer.js";
export { type TokenizerData, tokenizerFrom } from "./tokenizers/tokenizer-from.js";
export { readTokenizerJson, type TokenizerJsonOptions, writeTokenizerJson } from "./tokenizers/tokenizer-json.js";
export { type BpeOptions, trainBpe } from "./tokenizers/train-bpe.js";
export type { SpecialTokens } from "./tokenizers/vocabulary.js";
export { createLearner, createRewardLearner, type LearnerParts } from "./trainers/create-learner.js";
export { dpo } from "./trainers/dpo.js";
export { grpo } from "./trainers/grpo.js";
export type { Pair, Pairs } from "./trainers/pairs.js";
export { ppo } from "./trainers/ppo.js";
export { reinforce } from "./trainers/reinforce.js";
export { rewardModelTrainer } from "./trainers/reward-model.js";
export { rloo } from "./trainers/rloo.js";
export { sft, type Texts } from "./trainers/sft.js";
export {
  type LanguageLearner,
  type LanguageTrainer,
  type PolicyParts,
  type TrainerContext,
  trainerOn,
} from "./trainers/trainer.js";
