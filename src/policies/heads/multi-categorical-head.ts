/** Several choices at once: the outputs are the logits of all, one after another. Stored are indices, as in one choice. */

import { multiCategorical } from "../../distributions/index.js";
import { likeliest } from "../../distributions/rows.js";
import { kernels } from "../../kernels/kernels.js";
import { f32, i32 } from "../../kernels/memory.js";
import type { MultiDiscrete } from "../../spaces/index.js";
import { Tensor } from "../../tensor/index.js";
import { at as address } from "../../tensor/tensor.js";
import type { HeadOperations, Place } from "./head.js";
import { maskedRow } from "./masked-row.js";

/** Independent choices for the numbers of a `MultiDiscrete` space. */
export interface MultiCategoricalHead extends HeadOperations {
  readonly kind: "multi-categorical";
  /** Among how many each choice is. */
  readonly nvec: readonly number[];
  /** The environment's first number of each choice. */
  readonly start: readonly number[];
}

export function multiCategoricalHead({ nvec, start }: MultiDiscrete): MultiCategoricalHead {
  const largest = Math.max(...nvec);
  const [scratch, room] = [new Tensor([largest]), new Tensor([largest])];
  const outputs = nvec.reduce((total, n) => total + n, 0);
  const starts = nvec.map((_, g) => 4 * nvec.slice(0, g).reduce((total, n) => total + n, 0));
  const row = ({ output, mask }: Place, g: number): number =>
    maskedRow(output + starts[g], mask === 0 ? 0 : mask + starts[g], nvec[g], room);
  return {
    kind: "multi-categorical",
    ...{ nvec, start, outputs },
    action: { dtype: "int32", shape: [nvec.length] },
    parameters: [],
    distribution: (logits, { masks }) => multiCategorical(logits, nvec, masks),
    draw(place, rng) {
      const { action, logProb } = place;
      let total = 0;
      for (let g = 0; g < nvec.length; g++) {
        const drawn = kernels.categorical_sample(logProb, address(scratch), row(place, g), nvec[g], rng.random());
        i32[(action >>> 2) + g] = drawn;
        total = Math.fround(total + f32[logProb >>> 2]);
      }
      f32[logProb >>> 2] = total;
    },
    skip(rng) {
      for (let g = 0; g < nvec.length; g++) rng.random();
    },
    mode(place) {
      for (let g = 0; g < nvec.length; g++) {
        const best = likeliest(row(place, g), nvec[g]);
        i32[(place.action >>> 2) + g] = best;
      }
    },
    give(action, out, at) {
      for (let g = 0; g < nvec.length; g++) out[at + g] = start[g] + i32[(action >>> 2) + g];
    },
  };
}
