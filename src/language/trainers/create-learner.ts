import { ConfigError } from "../../errors.js";
import { type Given, resolveOptions, type Schema } from "../../options.js";
import type { Generator } from "../../random/index.js";
import type { TokenCritic } from "../critic.js";
import type { TokenPolicy } from "../policy.js";
import type { RewardModel } from "../reward-model.js";
import type { Pairs } from "./pairs.js";
import { rewardModelTrainer } from "./reward-model.js";
import type { LanguageLearner, LanguageTrainer } from "./trainer.js";

/** What a trainer of policies learns with. */
export interface LearnerParts<S extends Schema> {
  readonly policy: TokenPolicy;
  /** The policy that learning starts from. A trainer that compares with it asks for it. */
  readonly reference?: TokenPolicy | undefined;
  /** A value function. A trainer that needs one asks for it. */
  readonly critic?: TokenCritic | undefined;
  /** Options that differ from the trainer's defaults. */
  readonly options?: Given<S> | undefined;
  readonly rng: Generator;
  /** How many updates there will be. With a warm-up, the first one has a learning rate above 0 only if this is known. */
  readonly updates?: number | undefined;
}

/**
 * A learner for a loop of one's own: draw or choose the data, call `update`, repeat.
 *
 * @throws ConfigError for an option that is unknown or out of range, and for a part that the trainer needs and was not given
 */
export function createLearner<D, S extends Schema>(
  trainer: LanguageTrainer<D, S>,
  { policy, reference, critic, options, rng, updates }: LearnerParts<S>,
): LanguageLearner<D> {
  const needed = <T>(part: T | undefined, field: string, what: string): T => {
    if (part === undefined)
      throw new ConfigError({ field, given: undefined, allowed: `${what}, which ${trainer.name} needs` });
    return part;
  };
  return trainer.create({
    policy,
    get reference() {
      return needed(reference, "reference", "the policy that learning starts from");
    },
    get critic() {
      return needed(critic, "critic", "a value function");
    },
    options: resolveOptions(trainer.options, options),
    rng,
    updates,
  });
}

/** As `createLearner`, for a reward model. @throws ConfigError for an option that is unknown or out of range */
export function createRewardLearner(
  model: RewardModel,
  { options, rng, updates }: Pick<LearnerParts<typeof rewardModelTrainer.options>, "options" | "rng" | "updates">,
): LanguageLearner<Pairs> {
  return rewardModelTrainer.create({
    model,
    options: resolveOptions(rewardModelTrainer.options, options),
    rng,
    updates,
  });
}
