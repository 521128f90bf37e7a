/** The parts of a run on a language task: its models, what learns, and a random stream for each purpose. */

import { ConfigError } from "../../errors.js";
import type { Values } from "../../options.js";
import { defaultRng, type Generator, SeedSequence } from "../../random/index.js";
import type { Tensor } from "../../tensor/index.js";
import { arraysToTensors, type Checkpoint, tensorsToArrays } from "../../training/checkpoint.js";
import { sharedCritic, type TokenCritic } from "../critic.js";
import { type Gpt, gpt } from "../gpt/gpt.js";
import { gptConfig } from "../gpt/gpt-config.js";
import { type RewardModel, rewardModel } from "../reward-model.js";
import type { Rollouts } from "../rollouts.js";
import { characterTokenizer } from "../tokenizers/characters.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
import type { TokenizerData } from "../tokenizers/tokenizer-from.js";
import { createLearner, createRewardLearner } from "../trainers/create-learner.js";
import type { Pairs } from "../trainers/pairs.js";
import { sft, type Texts } from "../trainers/sft.js";
import type { LanguageLearner } from "../trainers/trainer.js";
import { type LanguageSetup, learnsFromPairs } from "./language-config.js";
import { type LanguageModel, languageModel } from "./language-model.js";
import type { pipelineOptions } from "./pipeline-options.js";
import type { StageName } from "./stages.js";

export type Pipeline = Values<typeof pipelineOptions>;

/** One stream for each purpose: to draw more of one thing changes nothing else. */
const STREAMS = ["weights", "texts", "pairs", "judging", "responses", "updates"] as const;

/** What learns in the last stage, and from what. */
export type Tuner =
  | { readonly learnsFrom: "responses"; readonly learner: LanguageLearner<Rollouts> }
  | { readonly learnsFrom: "pairs"; readonly learner: LanguageLearner<Pairs> };

export interface LanguageParts {
  readonly pipeline: Pipeline;
  /** Responses to a prompt, one after another. */
  readonly samplesPerPrompt: number;
  /** Pairs that are compared in an update. A judge of the caller's own is asked about one, so that no answer is lost. */
  readonly pairsAtOnce: number;
  /** Gradient steps in which the reward model goes through all pairs once. */
  readonly partsOfPairs: number;
  /** How many updates each stage has. */
  readonly counts: Readonly<Record<StageName, number>>;
  readonly tokenizer: Tokenizer<TokenizerData>;
  /** What learns. */
  readonly model: LanguageModel;
  /** What the policy is after the texts, which does not change any more. */
  readonly reference: LanguageModel;
  /** The model of preferences, if the reward is learned. */
  readonly judge: RewardModel | undefined;
  /** A value function on the policy's own states, if the trainer learns it. */
  readonly critic: TokenCritic | undefined;
  readonly learners: {
    readonly texts: LanguageLearner<Texts>;
    readonly judging: LanguageLearner<Pairs> | undefined;
  };
  readonly tuner: Tuner;
  readonly rngs: Readonly<Record<(typeof STREAMS)[number], Generator>>;
}

/** The parts of a new run. */
export function buildLanguage(setup: LanguageSetup): LanguageParts {
  const { config, options, recipe, trainer, reward, from } = setup;
  const streams = new SeedSequence(BigInt(config.seed)).spawn(STREAMS.length);
  const rngs = Object.fromEntries(STREAMS.map((name, i) => [name, defaultRng(streams[i])])) as LanguageParts["rngs"];
  const pipeline = config.envOptions as Pipeline;
  const { task } = recipe;
  const tokenizer = characterTokenizer(task.alphabet);
  const sizes = gptConfig(pipeline.size, { vocabulary: tokenizer.size, context: task.longest + 1 });
  const make = (): Gpt => gpt(sizes, rngs.weights);
  const model = languageModel(make(), tokenizer);
  if (from !== undefined) beginWith(model, from);
  const reference = languageModel(make(), tokenizer);
  const preferring = reward === undefined && pipeline.reward === "learned";
  const learned = preferring && !learnsFromPairs(trainer);
  const judge = learned ? rewardModel(make(), tokenizer, rngs.weights) : undefined;
  const critic = sharedCritic(sizes.width);
  const { samplesPerPrompt = 1 } = options as { readonly samplesPerPrompt?: number };
  const pairsAtOnce = setup.judge === undefined ? pipeline.prompts : 1;
  const partsOfPairs = Math.ceil(pipeline.pairs / pipeline.pairBatch);
  const isDrawn = preferring && config.envOptions.judge !== "given";
  const responses = config.episodes as number;
  // Without a learned reward there is nothing to judge, and given preferences are not drawn.
  const counts = {
    texts: pipeline.textUpdates,
    pairs: isDrawn ? Math.ceil(pipeline.pairs / pairsAtOnce) : 0,
    judging: learned ? pipeline.pairEpochs * partsOfPairs : 0,
    tuning: learnsFromPairs(trainer)
      ? updatesOfPairs(responses, pipeline)
      : Math.ceil(responses / (pipeline.prompts * samplesPerPrompt)),
  };
  const context = {
    policy: model.policy,
    reference: reference.policy,
    critic,
    options,
    rng: rngs.updates,
    updates: counts.tuning,
  };
  const tuner: Tuner = learnsFromPairs(trainer)
    ? { learnsFrom: "pairs", learner: trainer.create(context) }
    : { learnsFrom: "responses", learner: trainer.create(context) };
  const [head] = critic.parameters();
  return {
    pipeline,
    samplesPerPrompt,
    pairsAtOnce,
    partsOfPairs,
    counts,
    tokenizer,
    model,
    reference,
    judge,
    critic: tuner.learner.weights.includes(head) ? critic : undefined,
    learners: {
      texts: createLearner(sft, {
        policy: model.policy,
        options: { learningRate: pipeline.textLearningRate, finalLearningRate: pipeline.textFinalLearningRate },
        rng: rngs.updates,
        updates: counts.texts,
      }),
      judging:
        judge &&
        createRewardLearner(judge, {
          options: { learningRate: pipeline.pairLearningRate },
          rng: rngs.updates,
          updates: counts.judging,
        }),
    },
    tuner,
    rngs,
  };
}

/** The gradient steps that learn from so many responses, two for each pair. The last step of an epoch may have fewer pairs. */
function updatesOfPairs(responses: number, { pairs, pairBatch }: Pipeline): number {
  const epochs = Math.floor(responses / (2 * pairs));
  const rest = responses - 2 * pairs * epochs;
  return epochs * Math.ceil(pairs / pairBatch) + Math.ceil(rest / (2 * pairBatch));
}

type AtWork = Pick<LanguageLearner<unknown>, "optimizers"> | undefined;

/** All numbers of the parts that a checkpoint keeps, by name. `learner` is what learns in the stage at hand. */
export function arraysOf(parts: LanguageParts, learner: AtWork): Checkpoint["arrays"] {
  return new Map([
    ...tensorsToArrays("weights.", learnedTensors(parts)),
    ...tensorsToArrays("state.", stateTensors(parts, learner)),
  ]);
}

/** Puts them back. @throws CorruptFileError if they don't fit */
export function takeArrays(parts: LanguageParts, learner: AtWork, arrays: Checkpoint["arrays"]): void {
  arraysToTensors(arrays, "weights.", learnedTensors(parts));
  arraysToTensors(arrays, "state.", stateTensors(parts, learner));
}

/** The tensors of the parts by distinct names: everything that they have learned. */
function learnedTensors({ model, reference, judge, tuner }: LanguageParts): [string, Tensor][] {
  const own = new Set(model.policy.parameters());
  const named = (prefix: string, tensors: Iterable<Tensor>) =>
    Array.from(tensors, (tensor): [string, Tensor] => [`${prefix}.${tensor.name}`, tensor]);
  return [
    ...named("policy", own),
    ...named(
      "beside",
      tuner.learner.weights.filter((tensor) => !own.has(tensor)),
    ),
    ...named("reference", reference.policy.parameters()),
    ...named("judge", judge?.parameters() ?? []),
  ];
}

/** What the stage that this learner is at work in remembers from update to update, beside weights. */
function stateTensors({ tuner, judge }: LanguageParts, learner: AtWork): [string, Tensor][] {
  return [
    ...(learner?.optimizers.flatMap((optimizer) => [...optimizer.state()]) ?? []),
    ...(tuner.learner.control ?? []),
    ...(judge?.scale ?? []),
  ];
}

/** @throws ConfigError if the model to begin with has other sizes or another tokenizer */
function beginWith(model: LanguageModel, from: LanguageModel): void {
  const described = ({ gpt: { config }, tokenizer }: LanguageModel): string => JSON.stringify([config, tokenizer]);
  if (described(model) !== described(from)) {
    const sizes = ({ gpt: { config } }: LanguageModel): string => JSON.stringify(config);
    const allowed = `a model of this task and size: ${sizes(model)}, with its tokenizer`;
    throw new ConfigError({ field: "from", given: sizes(from), allowed });
  }
  const learned = from.policy.parameters();
  model.policy.parameters().forEach((tensor, i) => void tensor.set(learned[i].toArray()));
}
