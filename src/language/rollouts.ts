/** Responses with what was said of them: the data of one update of a trainer on a policy's own words. */

import type { Generator } from "../random/index.js";
import type { Segment } from "../rollout/batch.js";
import { shuffledParts } from "../rollout/minibatches.js";
import { noGrad } from "../tensor/index.js";
import { type KlEstimate, klEstimate } from "./kl.js";
import type { TokenPolicy } from "./policy.js";
import type { SamplingOptions } from "./sampling.js";
import { type Sequence, type TokenRows, tokenRows } from "./sequences.js";

/** The responses of one update. Arrays of n numbers have one for each response token, as `rows` numbers them. */
export interface Rollouts {
  readonly sequences: readonly Sequence[];
  readonly rows: TokenRows;
  /** How many sequences, one after another, answer the same prompt. */
  readonly samplesPerPrompt: number;
  /** ln π of each token when it was drawn, [n]. */
  readonly logProbs: Float64Array;
  /** ln ref of each, [n]. */
  readonly referenceLogProbs: Float64Array;
  /** What each response is worth, [B]. */
  readonly scores: Float64Array;
  readonly temperature: number;
  /** The ids that end a text and that fill it up. */
  readonly special: { readonly end: number; readonly pad: number };
}

/** What is needed to draw responses and to say what they are worth. */
export interface Drawing {
  readonly policy: TokenPolicy;
  /** The policy that learning starts from, which does not change. */
  readonly reference: TokenPolicy;
  readonly samplesPerPrompt: number;
  readonly sampling: SamplingOptions & { readonly pad: number };
  readonly rng: Generator;
}

/** Draws `samplesPerPrompt` responses to each prompt. The reference scores them at the temperature that they were drawn at. */
export function drawRollouts(
  prompts: readonly (readonly number[])[],
  { policy, reference, samplesPerPrompt, sampling, rng }: Drawing,
  score: (sequence: Sequence) => number,
): Rollouts {
  const repeated = prompts.flatMap((prompt) => Array.from({ length: samplesPerPrompt }, () => prompt));
  const drawn = policy.sample(repeated, sampling, rng);
  const rows = tokenRows(drawn, sampling);
  const { temperature = 1, end, pad } = sampling;
  return {
    sequences: drawn,
    rows,
    samplesPerPrompt,
    logProbs: Float64Array.from(drawn.flatMap(({ logProbs }) => logProbs)),
    referenceLogProbs: Float64Array.from(noGrad(() => reference.forward(rows, temperature).logProbs.toArray())),
    scores: Float64Array.from(drawn, score),
    temperature,
    special: { end, pad },
  };
}

/** The estimates of KL(π ‖ ref) for each response token when it was drawn, [n]. */
export function klByToken({ logProbs, referenceLogProbs }: Rollouts, estimate: KlEstimate): Float64Array {
  return logProbs.map((l, t) => klEstimate(estimate, l - referenceLogProbs[t]));
}

/** Sums of the numbers of tokens over each sequence, [B]. */
export function bySequence({ segments }: TokenRows, ofTokens: ArrayLike<number>): Float64Array {
  return Float64Array.from(segments, ({ start, end }) => {
    let sum = 0;
    for (let t = start; t < end; t++) sum += ofTokens[t];
    return sum;
  });
}

/** The number of its sequence for each token, [n]. */
export function toTokens({ segments, targets }: TokenRows, ofSequences: ArrayLike<number>): Float64Array {
  const ofTokens = new Float64Array(targets.length);
  segments.forEach(({ start, end }, i) => void ofTokens.fill(ofSequences[i], start, end));
  return ofTokens;
}

/** Some of the sequences, and the numbers of their tokens among all. */
export interface RolloutPart {
  readonly rows: TokenRows;
  readonly tokens: Int32Array;
}

/**
 * The rollouts in parts of about `size` sequences, whole groups together, in random order. One part that holds all keeps the
 * order, and draws nothing.
 */
export function* inParts(rollouts: Rollouts, size: number, rng: Generator): Iterable<RolloutPart> {
  const { sequences, rows, samplesPerPrompt: k, special } = rollouts;
  for (const groups of shuffledParts(sequences.length / k, Math.max(1, Math.floor(size / k)), rng)) {
    if (groups === undefined) {
      yield { rows, tokens: Int32Array.from(rows.targets.keys()) };
      continue;
    }
    const members = [...groups].flatMap((group) => Array.from({ length: k }, (_, i) => group * k + i));
    const tokens = members.flatMap((i) => tokensOf(rows.segments[i]));
    yield {
      rows: tokenRows(
        members.map((i) => sequences[i]),
        special,
      ),
      tokens: Int32Array.from(tokens),
    };
  }
}

function tokensOf({ start, end }: Segment): number[] {
  return Array.from({ length: end - start }, (_, t) => start + t);
}

/** The numbers of some tokens. */
export function picked(numbers: Float64Array, tokens: Int32Array): Float64Array {
  return Float64Array.from(tokens, (token) => numbers[token]);
}
