/** A table of logits, one row for each beginning of a text: the policy without a network. */

import type { Generator } from "../../random/index.js";
import { entropyOf, gather, indices, logSoftmax, noGrad, parameter, tensor } from "../../tensor/index.js";
import { embedding, sampleTokens } from "../../tensor/language/index.js";
import type { TokenPolicy } from "../policy.js";
import type { Drawn } from "../sampling.js";
import type { TokenRows } from "../sequences.js";
import type { TokenTree } from "./token-tree.js";

/** A table for the texts of a tree: (Vᵀ − 1)/(V − 1) rows of V logits, normal with this deviation at first. */
export function tablePolicy({ tokens, length }: TokenTree, rng: Generator, deviation = 0): TokenPolicy {
  /** The number of the first row of each depth. */
  const first = [0];
  for (let depth = 0, rows = 1; depth < length; depth++, rows *= tokens) first.push(first[depth] + rows);
  const beginnings = first[length];
  const logits = Float32Array.from(rng.normal(0, deviation, beginnings * tokens));
  const table = parameter(tensor(logits, [beginnings, tokens]), "table");

  /** The row of a beginning. */
  const rowOf = (response: readonly number[]): number =>
    first[response.length] + response.reduce((number, token) => number * tokens + token, 0);

  /** For each response token, the row of what stands before it. */
  function rowsOf({ targets, segments }: TokenRows): Int32Array {
    const rows = new Int32Array(targets.length);
    for (const { start, end } of segments) {
      const response = [...targets.subarray(start, end)];
      for (let t = start; t < end; t++) rows[t] = rowOf(response.slice(0, t - start));
    }
    return rows;
  }

  return {
    parameters: () => [table],
    forward(rows, temperature = 1) {
      const states = embedding(table, indices(rowsOf(rows)));
      const all = logSoftmax(temperature === 1 ? states : states.div(temperature));
      return { logProbs: gather(all, indices(rows.targets)), entropies: entropyOf(all), states };
    },
    sample: (prompts, { maxTokens = length, end: _, ...how }, rng) =>
      noGrad(() => {
        const drawn = prompts.map((prompt): Drawn => ({ prompt, response: [], logProbs: [] }));
        for (let t = 0; t < Math.min(length, maxTokens); t++) {
          const rows = indices(drawn.map(({ response }) => rowOf(response)));
          const next = sampleTokens(embedding(table, rows), rng.random(drawn.length), how);
          drawn.forEach(({ response, logProbs }, i) => {
            response.push(next.tokens[i]);
            logProbs.push(next.logProbs[i]);
          });
        }
        return drawn;
      }),
  };
}
