/** The settings of a run on a language task: what a caller may give, and what they are with everything filled in. */

import { ConfigError, nearest } from "../../errors.js";
import { type Given, int, requireKnown, resolveOptions, type Schema, seed, type Values } from "../../options.js";
import { deepFreeze } from "../../training/deep-freeze.js";
import { recordedNumerics, requireSameNumerics } from "../../training/numerics.js";
import { joinSchedules, type Schedules, splitSchedules } from "../../training/schedules.js";
import { weightsDigest } from "../../training/state-arrays.js";
import type { ResolvedConfig } from "../../training/types.js";
import type { Rollouts } from "../rollouts.js";
import type { LanguageTask } from "../tasks/task.js";
import { dpo } from "../trainers/dpo.js";
import { grpo } from "../trainers/grpo.js";
import type { Pairs } from "../trainers/pairs.js";
import { ppo } from "../trainers/ppo.js";
import { reinforce } from "../trainers/reinforce.js";
import { rloo } from "../trainers/rloo.js";
import type { LanguageTrainer } from "../trainers/trainer.js";
import { checkedTask, requirePreferences } from "./checks.js";
import { type LanguageModel, readLanguageModel } from "./language-model.js";
import { pipelineOptions, type RewardName } from "./pipeline-options.js";
import type { Judge, Preference } from "./preferences.js";
import { ownRecipe, RECIPES, type Recipe } from "./recipes.js";
import type { Reward } from "./rewards.js";
import { envOfTask, taskNameOf } from "./task-name.js";

/** The trainers that have names. */
export const TRAINERS = { ppo, rloo, grpo, reinforce, dpo } as const;
/** The name of a trainer. */
export type TrainerName = keyof typeof TRAINERS;

/** A trainer on a policy's own responses. */
export type RolloutTrainer = LanguageTrainer<Rollouts>;

/** A trainer on preferences, whose `learnsFrom` is `pairs`. */
export type PairTrainer = LanguageTrainer<Pairs>;

/** Whether a run gives this trainer preferences. */
export function learnsFromPairs(trainer: RolloutTrainer | PairTrainer): trainer is PairTrainer {
  return trainer.learnsFrom === "pairs";
}

/** The config of `trainLanguage`. Everything may be left out. */
export interface LanguageConfig {
  /** The name of a task, or one of your own. Default: `sentiment`. */
  readonly task?: string | LanguageTask | undefined;
  /** The name of a trainer, or one of your own. Default: the task's. */
  readonly trainer?: TrainerName | RolloutTrainer | PairTrainer | (string & {}) | undefined;
  /** Options of the trainer that differ from those for the task. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** Options of everything else. */
  readonly pipeline?: Given<typeof pipelineOptions> | undefined;
  /** What responses are worth, in place of the rewards that the task has. */
  readonly reward?: Reward | undefined;
  /** The longest that it may take for one response. Default: 30. */
  readonly rewardSeconds?: number | undefined;
  /** Preferences that a learned reward is made from, in place of those that would be drawn and judged. */
  readonly preferences?: readonly Preference[] | undefined;
  /** Who says which of two responses is better, in place of a simulated judge who knows the gold score. */
  readonly judge?: Judge | undefined;
  /** The bytes of a model to begin with: `model.toBytes()` of another run. It then learns from no texts, unless it is told to. */
  readonly from?: Uint8Array | undefined;
  readonly seed?: number | bigint | undefined;
  /**
   * The budget: responses that the trainer learns from. Default: the task's, or for a trainer on preferences both responses of all
   * pairs, `pairEpochs` times.
   */
  readonly responses?: number | undefined;
}

/** A resolved config with the code that it stands for. */
export interface LanguageSetup {
  readonly config: ResolvedConfig;
  readonly recipe: Recipe;
  readonly trainer: RolloutTrainer | PairTrainer;
  /** The trainer's options, with functions of progress where the config has texts for them. */
  readonly options: Values<Schema>;
  readonly reward: Reward | undefined;
  readonly rewardSeconds: number;
  readonly preferences: readonly Preference[] | undefined;
  readonly judge: Judge | undefined;
  /** The model to begin with. */
  readonly from: LanguageModel | undefined;
}

const FIELDS = ["task", "trainer", "options", "pipeline", "reward", "rewardSeconds", "preferences", "judge", "from"];

export const languageRunOptions = {
  seed: seed(0, { help: "everything random follows from it" }),
  responses: int(1, {
    min: 1,
    max: 1e9,
    help: "responses that the trainer learns from; otherwise the task, or for dpo its pairs and --pair-epochs, say how many",
  }),
} as const;

const REWARD_SECONDS = 30;

/** Fills in what a config leaves open. @throws ConfigError naming the field */
export function setUpLanguage(given: LanguageConfig): LanguageSetup {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new ConfigError({ field: "config", given, allowed: "an object of settings by name" });
  requireKnown(given, [...FIELDS, ...Object.keys(languageRunOptions)]);
  const recipe = recipeOf(given.task ?? "sentiment");
  const trainer = trainerOf(given.trainer ?? recipe.trainer);
  const usual = recipe.options[trainer.name] ?? {};
  const options: Values<Schema> = resolveOptions(trainer.options, { ...usual, ...defined(given.options, "options") });
  const from = given.from === undefined ? undefined : readLanguageModel(given.from);
  const pipeline = resolveOptions(
    pipelineOptions,
    { ...usualPipeline(recipe, trainer), ...usualFor(given), ...defined(given.pipeline, "pipeline") },
    "pipeline",
  );
  const { seed, responses } = resolveOptions(
    languageRunOptions,
    { seed: given.seed, responses: given.responses ?? usualResponses(recipe, trainer, pipeline) },
    "",
  );
  const { reward, rewardSeconds = REWARD_SECONDS, preferences, judge } = given;
  requireFunction("reward", reward, "{ prompt, response }");
  requireFunction("judge", judge, "two responses");
  if (!(typeof rewardSeconds === "number" && rewardSeconds > 0))
    throw new ConfigError({ field: "rewardSeconds", given: rewardSeconds, allowed: "a number of seconds above 0" });
  if (pipeline.reward === "last-digit" && recipe.rewards["last-digit"] === undefined) {
    const allowed = `gold or learned: ${recipe.task.name} has no digits`;
    throw new ConfigError({ field: "pipeline.reward", given: pipeline.reward, allowed });
  }
  if (learnsFromPairs(trainer)) requireNoReward(trainer, reward, pipeline.reward);
  if (preferences !== undefined) requirePreferences(preferences, recipe.task, pipeline.reward);
  if (judge !== undefined && (reward !== undefined || preferences !== undefined || pipeline.reward !== "learned")) {
    const allowed =
      "nothing, unless pipeline.reward is learned and neither reward nor preferences are given: it would not be asked";
    throw new ConfigError({ field: "judge", given: judge, allowed });
  }
  const source = preferences !== undefined ? "given" : judge !== undefined ? "own" : "simulated";
  const config = deepFreeze({
    algorithm: trainer.name,
    env: envOfTask(recipe.task.name),
    envOptions: { ...pipeline, ...(reward === undefined ? {} : { reward: "own" }), judge: source },
    preset: "default",
    seed: String(seed),
    episodes: responses,
    steps: null,
    stopWhenSolved: false,
    options: splitSchedules(trainer.options, options).recorded,
    from: from === undefined ? null : weightsDigest(from.policy.parameters()),
    ownFeatures: false,
    ...recordedNumerics(),
  });
  return { config, recipe, trainer, options, reward, rewardSeconds, preferences, judge, from };
}

/** The budget where nobody says another: that of the task, or all pairs as often as the options say. */
export function usualResponses(
  recipe: Recipe,
  trainer: RolloutTrainer | PairTrainer,
  { pairs, pairEpochs }: Pick<Values<typeof pipelineOptions>, "pairs" | "pairEpochs">,
): number {
  return learnsFromPairs(trainer) ? 2 * pairs * pairEpochs : recipe.responses;
}

/** @throws ConfigError if a trainer on preferences is given a reward, which it would not see */
function requireNoReward({ name }: PairTrainer, own: Reward | undefined, named: RewardName): void {
  const allowed = `${own === undefined ? "learned" : "none"}: ${name} learns from preferences, and sees no reward`;
  if (own !== undefined) throw new ConfigError({ field: "reward", given: own, allowed });
  if (named !== "learned") throw new ConfigError({ field: "pipeline.reward", given: named, allowed });
}

/** A policy takes more from each pair than a reward model, which learns a single number of each response. */
const PAIR_EPOCHS = 4;

/** The settings of the recipe for a trainer. */
export function usualPipeline(
  recipe: Recipe,
  trainer: RolloutTrainer | PairTrainer,
): Readonly<Record<string, unknown>> {
  return { ...recipe.pipeline, ...(learnsFromPairs(trainer) ? { reward: "learned", pairEpochs: PAIR_EPOCHS } : {}) };
}

/** What a given model or given preferences make different in them. */
function usualFor({ from, preferences }: LanguageConfig): Readonly<Record<string, unknown>> {
  return {
    ...(from === undefined ? {} : { textUpdates: 0 }),
    ...(preferences === undefined ? {} : { reward: "learned", pairs: Math.max(1, preferences.length) }),
  };
}

function requireFunction(field: string, given: unknown, of: string): void {
  if (given === undefined || typeof given === "function") return;
  throw new ConfigError({ field, given, allowed: `a function of ${of}` });
}

/** Code that a saved run refers to but does not contain. */
export interface LanguageCode extends Pick<LanguageConfig, "task" | "trainer" | "reward" | "rewardSeconds" | "judge"> {
  /** Options that are functions of progress, by name. They must have the values that they had. */
  readonly schedules?: Schedules | undefined;
}

/** The setup of a saved run. @throws ConfigError naming code that it needs again */
export function setUpLanguageAgain(saved: ResolvedConfig, code: LanguageCode): LanguageSetup {
  requireSameNumerics(saved);
  const name = taskNameOf(saved) ?? "";
  const { reward: source, judge: judged, ...pipeline } = saved.envOptions as Record<string, unknown>;
  const own = source === "own";
  requireAgain("reward", own, code.reward);
  requireAgain("judge", judged === "own", code.judge);
  const given = code.trainer as string | RolloutTrainer | PairTrainer | undefined;
  const trainer = again("trainer", saved.algorithm, given, ({ name }) => name);
  const setup = setUpLanguage({
    task: again("task", name, code.task, (task) => task.name),
    trainer,
    options: joinSchedules(trainerOf(trainer).options, saved.options, code.schedules),
    pipeline: own ? pipeline : { ...pipeline, reward: source as RewardName },
    reward: code.reward,
    rewardSeconds: code.rewardSeconds,
    judge: code.judge,
    seed: BigInt(saved.seed),
    responses: saved.episodes ?? undefined,
  });
  const config = deepFreeze({
    ...setup.config,
    envOptions: { ...setup.config.envOptions, judge: judged },
    from: saved.from,
  });
  return { ...setup, config };
}

/** @throws ConfigError if a function is missing that a run was started with, or there is one that it was not started with */
function requireAgain(field: string, own: boolean, given: unknown): void {
  if (own === (given !== undefined)) return;
  const allowed = own
    ? `${field}: …, a function that this run was started with, which a checkpoint can't hold`
    : `nothing: this run was started without a ${field} of its caller's`;
  throw new ConfigError({ field, given, allowed });
}

function again<T extends object>(
  field: string,
  name: string,
  given: T | string | undefined,
  nameOf: (of: T) => string,
): T | string {
  const found = given === undefined || typeof given === "string" ? given : nameOf(given);
  if (found !== undefined && found !== name)
    throw new ConfigError({ field, given: found, allowed: `${name}, which is the ${field} of this run` });
  return given ?? name;
}

/** The task of this name with its settings, or settings for a task of one's own. @throws ConfigError for an unknown name */
export function recipeOf(task: string | LanguageTask): Recipe {
  if (typeof task === "object" && task !== null) return ownRecipe(checkedTask(task));
  const found = RECIPES.get(task);
  if (found !== undefined) return found;
  const names = [...RECIPES.keys()];
  throw new ConfigError({
    field: "task",
    given: task,
    allowed: `one of ${names.join(", ")}`,
    nearest: nearest(task, names),
  });
}

function trainerOf(trainer: string | RolloutTrainer | PairTrainer): RolloutTrainer | PairTrainer {
  const names = Object.keys(TRAINERS);
  if (typeof trainer === "object" && trainer !== null && typeof trainer.create === "function") return trainer;
  if (typeof trainer === "string" && Object.hasOwn(TRAINERS, trainer)) return namedTrainer(trainer as TrainerName);
  throw new ConfigError({
    field: "trainer",
    given: trainer,
    allowed: `one of ${names.join(", ")}`,
    nearest: nearest(trainer, names),
  });
}

/** The trainer of this name, whose options are known only at run time. */
export function namedTrainer(name: TrainerName): RolloutTrainer | PairTrainer {
  return TRAINERS[name] as unknown as RolloutTrainer | PairTrainer;
}

/** Drops options that are `undefined`: they stand for what the task has. */
function defined(given: object | undefined, field: string): Record<string, unknown> {
  if (given === undefined) return {};
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new ConfigError({ field, given, allowed: "an object of options by name" });
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
