/** Learning where all outcomes can be listed, update by update: how far the policy is from π* is known, not estimated. */

import type { Schema } from "ascent/algorithms";
import {
  ascend,
  createLearner,
  divergence,
  drawRollouts,
  type FixedPoint,
  fixedPointOf,
  forwardOptimum,
  grpo,
  type LanguageLearner,
  type LearnerParts,
  ppo,
  type Rollouts,
  reinforce,
  reverseOptimum,
  rewardIn,
  rloo,
  type Standing,
  sharedCritic,
  standingOf,
  type TokenPolicy,
  type TokenTree,
  tablePolicy,
  textLogProbs,
  tokenTree,
} from "ascent/language";
import { defaultRng } from "ascent/random";
import type { ExactBegun, ExactSettings, World } from "../protocol.js";

interface Place {
  readonly tree: TokenTree;
  /** Of the reference's logits. */
  readonly deviation: number;
}

/** Where all begin. The tree is that of the program in the documentation. */
const PLACES: Readonly<Record<World, Place>> = {
  token: { tree: tokenTree(16, 1, 1), deviation: 1 },
  tree: { tree: tokenTree(4, 3, 1), deviation: 0.5 },
};
const REFERENCE_SEED = 7;
/** Responses of one update, and how many of them answer the same prompt where groups are compared. */
const BATCH = 64;
const GROUP = 4;
const LEARNING_RATE = 0.05;
const SAMPLED_UPDATES = 300;
/** Without samples, an update is a few steps: a policy with a small β needs more than a thousand. */
const EXPECTED_UPDATES = 400;
const EXPECTED_STEPS = 4;
const LETTERS = "abcdefghijklmnop";

interface Subject {
  readonly policy: () => Float64Array;
  /** `share` is the used share of the updates. */
  readonly update: (share: number) => void;
}

export class ExactLearning {
  readonly begun: ExactBegun;
  updates = 0;
  private readonly settings: ExactSettings;
  private readonly forward: Float64Array;
  private readonly subject: Subject;

  /** @throws ConfigError for settings that a trainer refuses */
  constructor(settings: ExactSettings) {
    const place = PLACES[settings.world];
    const { tree } = place;
    const reference = tablePolicy(tree, defaultRng(REFERENCE_SEED), place.deviation);
    const known = textLogProbs(reference, tree);
    const { rewards } = tree;
    this.settings = settings;
    this.forward = forwardOptimum(known, rewards, settings.beta);
    this.begun = {
      names: tree.sequences.map(({ response }) => response.map((token) => LETTERS[token]).join("")),
      rewards,
      reference: known,
      optimum: reverseOptimum(known, rewards, settings.beta),
      fixedPoint: fixedPointIn(settings),
      updates: settings.learner === "expected" ? EXPECTED_UPDATES : SAMPLED_UPDATES,
    };
    this.subject =
      settings.learner === "expected"
        ? expectedSubject(this.begun, settings)
        : sampledSubject(place, reference, this.begun.updates, settings);
  }

  get finished(): boolean {
    return this.updates >= this.begun.updates;
  }

  get policy(): Float64Array {
    return this.subject.policy();
  }

  get standing(): Standing {
    const { reference, rewards } = this.begun;
    return standingOf(this.policy, { reference, rewards, beta: this.settings.beta });
  }

  get toForward(): number {
    return divergence(this.policy, this.forward);
  }

  advance(): void {
    this.subject.update(this.updates / this.begun.updates);
    this.updates++;
  }
}

/** The expected step itself, without samples. */
function expectedSubject({ reference, rewards }: ExactBegun, { beta, kl, klPlace }: ExactSettings): Subject {
  let policy = reference;
  return {
    policy: () => policy,
    update() {
      const options = { beta, estimate: kl, place: klPlace, steps: EXPECTED_STEPS, start: policy };
      ({ policy } = ascend({ reference, rewards }, options));
    },
  };
}

/** A trainer on what a table of logits writes. */
function sampledSubject(
  { tree, deviation }: Place,
  reference: TokenPolicy,
  updates: number,
  settings: ExactSettings,
): Subject {
  const policy = tablePolicy(tree, defaultRng(REFERENCE_SEED), deviation);
  const rng = defaultRng(settings.seed);
  const samplesPerPrompt = comparesGroups(settings) ? GROUP : 1;
  const critic = sharedCritic(tree.tokens);
  const learner = learnerOn({ policy, reference, critic, rng, updates }, samplesPerPrompt, settings);
  const prompts = Array.from({ length: BATCH / samplesPerPrompt }, () => tree.prompt);
  const sampling = { end: -1, pad: 0, maxTokens: tree.length };
  return {
    policy: () => textLogProbs(policy, tree),
    update(share) {
      const drawing = { policy, reference, samplesPerPrompt, sampling, rng };
      const rollouts = drawRollouts(prompts, drawing, ({ response }) => rewardIn(tree, response));
      learner.update(rollouts, share);
    },
  };
}

function comparesGroups({ learner }: ExactSettings): boolean {
  return learner === "rloo" || learner === "grpo";
}

function learnerOn(
  parts: Omit<LearnerParts<Schema>, "options">,
  samplesPerPrompt: number,
  { learner, beta, kl, klPlace }: ExactSettings,
): LanguageLearner<Rollouts> {
  const options = { samplesPerPrompt, beta, learningRate: LEARNING_RATE, finalLearningRate: 0 };
  switch (learner) {
    case "rloo":
      return createLearner(rloo, { ...parts, options: { ...options, kl, klPlace } });
    case "grpo":
      return createLearner(grpo, { ...parts, options: { ...options, kl } });
    case "ppo":
      return createLearner(ppo, { ...parts, options });
    default:
      return createLearner(reinforce, { ...parts, options });
  }
}

/** Where learning ends with these settings, as far as it is known. */
function fixedPointIn({ world, learner, kl, klPlace }: ExactSettings): FixedPoint {
  // It divides rewards by the deviation of their group.
  if (learner === "grpo") return "unknown";
  if (learner === "reinforce" || learner === "ppo") return fixedPointOf("k1", "reward");
  const ofOneToken = fixedPointOf(kl, klPlace);
  // A term of the loss does not see what follows its token. One that has no gradient has none anywhere.
  return world === "tree" && klPlace === "loss" && ofOneToken !== "unregularised" ? "unknown" : ofOneToken;
}
