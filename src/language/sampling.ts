/** Draws responses to prompts, many side by side. */

import { ConfigError } from "../errors.js";
import type { Generator } from "../random/index.js";
import { tidied } from "../tensor/graph.js";
import { add, noGrad } from "../tensor/index.js";
import { decoder, type SampleOptions, sampleTokens } from "../tensor/language/index.js";
import type { Gpt } from "./gpt/gpt.js";
import { withoutTokens } from "./gpt/without-tokens.js";
import type { Sequence } from "./sequences.js";

/** How responses are drawn. */
export interface SamplingOptions {
  /** The id that ends a response. */
  readonly end: number;
  /** The most tokens in a response. By default as many as the context has room for. */
  readonly maxTokens?: number | undefined;
  /** τ: logits are divided by it. Default: 1. */
  readonly temperature?: number | undefined;
  /** Draws among the k most probable tokens; 1 always takes the most probable one. Default: among all. */
  readonly topK?: number | undefined;
  /** Ids that are never drawn, as if their logits were −∞. Default: none. */
  readonly never?: readonly number[] | undefined;
}

/** A response with the log-probability of each of its tokens, in nats. */
export interface Drawn extends Sequence {
  readonly response: number[];
  readonly logProbs: number[];
}

/**
 * Draws a response to each prompt. All sequences go through their positions together, prompts included, so prompts of different
 * lengths need no padding. Those that have ended take no more time. A position at which any of them draws takes a uniform number for each that goes on.
 *
 * @throws ConfigError if a prompt is empty or leaves no room in the context
 */
export function sampleResponses(
  model: Gpt,
  prompts: readonly (readonly number[])[],
  { end, maxTokens, never = [], ...how }: SamplingOptions,
  rng: Generator,
): Drawn[] {
  const { context } = model.config;
  const drawn = prompts.map((prompt, row): Drawn => {
    if (prompt.length === 0 || prompt.length >= context) {
      const allowed = `1 to ${context - 1} tokens: the context of ${context} has to hold a response too`;
      throw new ConfigError({ field: `prompts[${row}]`, given: `${prompt.length} tokens`, allowed });
    }
    return { prompt, response: [], logProbs: [] };
  });
  const most = (row: number): number => Math.min(context, prompts[row].length + (maxTokens ?? context));
  const longest = drawn.reduce((length, _, row) => Math.max(length, most(row)), 0);
  noGrad(() => tidied(() => goThrough(model, drawn, { end, longest, most, never, how, rng })));
  return drawn;
}

/** Where each response ends at the latest, and how its tokens are drawn. */
interface Course {
  readonly end: number;
  /** The most tokens of a sequence, prompt included. */
  readonly most: (row: number) => number;
  readonly longest: number;
  readonly never: readonly number[];
  readonly how: SampleOptions;
  readonly rng: Generator;
}

function goThrough(model: Gpt, drawn: readonly Drawn[], { end, most, longest, never, how, rng }: Course): void {
  const bias = withoutTokens(model.config.vocabulary, never);
  const cached = decoder(model, drawn.length, longest);
  let active = drawn.map((_, row) => row);
  for (let position = 0; active.length > 0; position++) {
    const ids = active.map((row) => tokenAt(drawn[row], position));
    if (active.some((row) => draws(drawn[row], position))) {
      const uniforms = rng.random(active.length);
      const { tokens, logProbs } = tidied(() => {
        const z = cached.next(ids, active, position);
        return sampleTokens(bias === undefined ? z : add(z, bias), uniforms, how);
      });
      active.forEach((row, i) => {
        if (!draws(drawn[row], position)) return;
        drawn[row].response.push(tokens[i]);
        drawn[row].logProbs.push(logProbs[i]);
      });
    } else cached.read(ids, active, position);
    active = active.filter((row) => drawn[row].response.at(-1) !== end && lengthOf(drawn[row]) < most(row));
  }
}

function tokenAt({ prompt, response }: Drawn, position: number): number {
  return position < prompt.length ? prompt[position] : response[position - prompt.length];
}

/** Whether the token after this position is a response's. Before, it is given. */
function draws({ prompt }: Drawn, position: number): boolean {
  return position + 1 >= prompt.length;
}

function lengthOf({ prompt, response }: Drawn): number {
  return prompt.length + response.length;
}
