/** Several independent choices. The network outputs the logits of all choices, concatenated. Actions are stored as indices. */

import { multiCategorical } from "../../distributions/index.js";
import { likeliest } from "../../distributions/rows.js";
import { kernels } from "../../kernels/kernels.js";
import { f32, i32 } from "../../kernels/memory.js";
import type { MultiDiscrete } from "../../spaces/index.js";
import { Tensor } from "../../tensor/index.js";
import { at as address } from "../../tensor/tensor.js";
import type { Head, RowAddresses } from "./head.js";
import { maskedRow } from "./masked-row.js";

/** Independent choices for the numbers of a `MultiDiscrete` space. */
export function multiCategoricalHead({ nvec, start }: MultiDiscrete): Head {
  const largest = nvec.reduce((a, b) => Math.max(a, b));
  const scratch = new Tensor([largest]);
  const room = new Tensor([largest]);
  const outputs = nvec.reduce((total, n) => total + n, 0);
  const starts = nvec.map((_, g) => 4 * nvec.slice(0, g).reduce((total, n) => total + n, 0));
  const logitsOf = ({ output, mask }: RowAddresses, g: number): number =>
    maskedRow(output + starts[g], mask === 0 ? 0 : mask + starts[g], nvec[g], room);
  return {
    outputs,
    action: { dtype: "int32", shape: [nvec.length] },
    parameters: [],
    maskable: true,
    distribution: (logits, { masks }) => multiCategorical(logits, nvec, masks),
    draw(row, rng) {
      const { action, logProb } = row;
      let total = 0;
      for (let g = 0; g < nvec.length; g++) {
        const drawn = kernels.categorical_sample(logProb, address(scratch), logitsOf(row, g), nvec[g], rng.random());
        i32[(action >>> 2) + g] = drawn;
        total = Math.fround(total + f32[logProb >>> 2]);
      }
      f32[logProb >>> 2] = total;
    },
    mode(row) {
      for (let g = 0; g < nvec.length; g++) {
        const best = likeliest(logitsOf(row, g), nvec[g]);
        i32[(row.action >>> 2) + g] = best;
      }
    },
    toEnvAction(action, out, at) {
      for (let g = 0; g < nvec.length; g++) out[at + g] = start[g] + i32[(action >>> 2) + g];
    },
    describe: () => ({ kind: "multi-categorical", nvec, start }),
  };
}
