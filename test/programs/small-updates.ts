/**
 * A hand-written training loop of as many small updates as the first argument says, without one dispose() call. Prints how
 * much memory it holds after each tenth of them. Every third update also computes a loss that nobody asks the gradient of.
 */

import { categorical } from "../../src/distributions/index.js";
import { heapUsed } from "../../src/kernels/heap.js";
import { u8 } from "../../src/kernels/memory.js";
import { mlp } from "../../src/nn/index.js";
import { adam, clipGradNorm } from "../../src/optim/index.js";
import { defaultRng } from "../../src/random/index.js";
import { stack, type Tensor, tensor } from "../../src/tensor/index.js";

const updates = Number(process.argv[2]);
const rng = defaultRng(0);
const policy = mlp({ sizes: [2, 3, 2], activation: "tanh", rng });
const optimizer = adam(policy.parameters(), { learningRate: 1e-3 });
const advantages = tensor([1, -0.5]);

function loss(): Tensor {
  const logProbs = [0, 1].map(() => {
    const pi = categorical(policy.forward([rng.random(), rng.random()]));
    return pi.logProb(pi.sample(rng));
  });
  return stack(logProbs).mul(advantages).sum().neg();
}

export interface Sample {
  /** Bytes of kernel memory in blocks, and bytes of kernel memory. */
  readonly heap: number;
  readonly memory: number;
  /** Bytes of JavaScript objects and of arrays outside kernel memory, after a collection. */
  readonly objects: number;
  readonly arrays: number;
  /** Bytes of the whole process. */
  readonly process: number;
}

const samples: Sample[] = [];
let total = 0;
for (let update = 1; update <= updates; update++) {
  const current = loss();
  optimizer.zeroGrad();
  current.backward();
  clipGradNorm(policy.parameters(), 1);
  optimizer.step();
  total += current.item();
  if (update % 3 === 0) loss();
  if (update % (updates / 10) === 0) {
    globalThis.gc?.();
    const { heapUsed: objects, arrayBuffers, rss } = process.memoryUsage();
    samples.push({ heap: heapUsed(), memory: u8.byteLength, objects, arrays: arrayBuffers, process: rss });
  }
}
if (!Number.isFinite(total)) throw new Error("the losses are not finite");
console.log(JSON.stringify(samples));
