/** What learning makes of each token of a response: what it cost, what was expected there, and which way it is pushed. */

import { gae } from "../../rollout/returns.js";
import { noGrad } from "../../tensor/index.js";
import type { TokenCritic } from "../critic.js";
import { bySequence, klByToken, type Rollouts, toTokens } from "../rollouts.js";
import { tokenRows } from "../sequences.js";
import type { LanguageModel } from "./language-model.js";
import type { LanguageParts } from "./parts.js";

/** A token of a response. */
export interface TokenCell {
  /** Its text; that of a special token is its name. */
  readonly text: string;
  /** ln π − ln ref when it was drawn, in nats: the share of the divergence that it adds. */
  readonly logRatio: number;
  /** ln π now − ln π when it was drawn: what the update did to it. */
  readonly change: number;
  /** What the trainer takes it to be better than expected by, if it learns from responses. */
  readonly advantage: number | undefined;
  /** V before it, where the trainer has a critic. */
  readonly value: number | undefined;
}

/** A response by its tokens. */
export interface TokenTable {
  readonly prompt: string;
  readonly score: number;
  readonly tokens: readonly TokenCell[];
}

/** How advantages follow from rewards: those of the trainer. */
export interface AdvantageSettings {
  readonly beta: number;
  readonly gamma: number;
  readonly lambda: number;
}

/** What a table has beside log-ratios. A trainer that learns from preferences has no advantages. */
interface TokenTableSettings {
  readonly advantages: AdvantageSettings | undefined;
  readonly critic: TokenCritic | undefined;
  readonly count: number;
}

/**
 * The first responses of some rollouts by their tokens. With a critic, advantages are those of GAE with the values of now; without, a
 * token has that of its response: the score minus β times its divergence, minus the mean of the batch.
 */
function tokenTables(
  rollouts: Rollouts,
  model: LanguageModel,
  { advantages, critic, count }: TokenTableSettings,
): TokenTable[] {
  if (count === 0) return [];
  const { sequences, scores, temperature, special } = rollouts;
  const ratio = klByToken(rollouts, "k1");
  const first = tokenRows(sequences.slice(0, count), special);
  const { segments } = first;
  const [now, V] = noGrad(() => {
    const pass = model.policy.forward(first, temperature);
    return [pass.logProbs.toArray(), critic && Float64Array.from(critic.values(first, pass).toArray())];
  });
  const A = advantages && advantagesOf(rollouts, { ...advantages, V });
  return segments.map(({ start, end }, i) => ({
    prompt: model.tokenizer.decode(sequences[i].prompt),
    score: scores[i],
    tokens: Array.from({ length: end - start }, (_, j) => ({
      text: model.tokenizer.decode([sequences[i].response[j]], { special: true }),
      logRatio: ratio[start + j],
      change: now[start + j] - rollouts.logProbs[start + j],
      advantage: A?.[start + j],
      value: V?.[start + j],
    })),
  }));
}

/** The same for a run with these options of its trainer. */
export function tablesOf(
  rollouts: Rollouts,
  { model, critic, tuner }: LanguageParts,
  options: Readonly<Record<string, unknown>>,
  count: number,
): TokenTable[] {
  const { beta = 0, gamma = 1, lambda = 0.95 } = options as Readonly<Record<string, number>>;
  const { learner, learnsFrom } = tuner;
  const advantages = learnsFrom === "responses" ? { beta: learner.beta ?? beta, gamma, lambda } : undefined;
  return tokenTables(rollouts, model, { advantages, critic, count });
}

/** The advantages of the first responses: as many as there are values, or of all. */
function advantagesOf(
  rollouts: Rollouts,
  { beta, gamma, lambda, V }: AdvantageSettings & { readonly V: Float64Array | undefined },
): Float64Array {
  const { rows, scores } = rollouts;
  const rewards = klByToken(rollouts, "k1").map((kl) => -beta * kl);
  rows.segments.forEach(({ end }, i) => {
    rewards[end - 1] += scores[i];
  });
  if (V === undefined) return toTokens(rows, centred([...bySequence(rows, rewards)]));
  const segments = rows.segments.filter(({ end }) => end <= V.length);
  const finalValues = new Float64Array(segments.length);
  return gae(rewards.subarray(0, V.length), V, segments, { gamma, lambda, finalValues });
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.map((value) => value - mean);
}
