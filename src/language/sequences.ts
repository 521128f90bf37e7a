/** Prompts and responses as tokens, side by side in one array. */

import { ConfigError } from "../errors.js";
import type { Segment } from "../rollout/batch.js";

/** A prompt and what follows it, as ids. The response includes the end, where it has one. */
export interface Sequence {
  readonly prompt: readonly number[];
  readonly response: readonly number[];
}

/**
 * B sequences, filled up on the right to T tokens. Their response tokens have numbers of their own, 0 to n − 1, one sequence after
 * another: log-probabilities, rewards and advantages are arrays of n numbers.
 */
export interface TokenRows {
  readonly rows: number;
  /** T. */
  readonly length: number;
  /** [B·T], with the pad's id behind each sequence. */
  readonly ids: Int32Array;
  /** For each response token, the element of `ids` before it, whose state predicts it. [n] */
  readonly before: Int32Array;
  /** The response tokens, [n]. */
  readonly targets: Int32Array;
  /** Which response tokens belong to one sequence, and whether it ended by itself (`terminated`) or was cut (`truncated`). */
  readonly segments: readonly Segment[];
}

/** Lays sequences side by side. @throws ConfigError for an empty prompt or response: each token is predicted from one before */
export function tokenRows(sequences: readonly Sequence[], { end, pad }: { end: number; pad: number }): TokenRows {
  if (sequences.length === 0)
    throw new ConfigError({ field: "sequences", given: sequences, allowed: "at least one sequence" });
  const length = sequences.reduce((most, { prompt, response }) => Math.max(most, prompt.length + response.length), 0);
  const ids = new Int32Array(sequences.length * length).fill(pad);
  const n = sequences.reduce((sum, { response }) => sum + response.length, 0);
  const before = new Int32Array(n);
  const targets = new Int32Array(n);
  const segments: Segment[] = [];
  let token = 0;
  sequences.forEach(({ prompt, response }, row) => {
    if (prompt.length === 0 || response.length === 0) {
      const [field, given] = prompt.length === 0 ? ["prompt", prompt] : ["response", response];
      throw new ConfigError({ field: `sequences[${row}].${field}`, given, allowed: "at least one token" });
    }
    const start = row * length;
    ids.set(prompt, start);
    ids.set(response, start + prompt.length);
    const terminated = response[response.length - 1] === end;
    segments.push({ start: token, end: token + response.length, terminated, truncated: !terminated });
    for (let j = 0; j < response.length; j++, token++) {
      before[token] = start + prompt.length + j - 1;
      targets[token] = response[j];
    }
  });
  return { rows: sequences.length, length, ids, before, targets, segments };
}
