/**
 * `numerics values` prints results of kernels and of a short run; `numerics save FILE` saves a run after two updates, and
 * `numerics resume FILE` goes on with it; `numerics load FILE` loads its policy. `ASCENT_NUMERICS` says how they compute.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { address, allocate } from "../../src/kernels/heap.js";
import { kernels } from "../../src/kernels/kernels.js";
import { f32 } from "../../src/kernels/memory.js";
import { mlp } from "../../src/nn/index.js";
import { defaultRng } from "../../src/random/index.js";
import { backendName, numerics, tensor } from "../../src/tensor/index.js";
import { loadPolicy, resume, train } from "../../src/training/train.js";

/** Sums of many products, and functions whose polynomials can be fused. */
function values(): Record<string, number[]> {
  const rng = defaultRng(0);
  const some = (...shape: number[]) => tensor(rng.standardNormal(shape.reduce((a, b) => a * b)), shape);
  const [a, b] = [some(70, 300), some(300, 40)];
  const network = mlp({ sizes: [6, 64, 64, 3], activation: "tanh", rng });
  const loss = network.forward(some(100, 6)).square().mean();
  loss.backward();
  const x = some(515);
  const run = train({ algorithm: "ppo", preset: "zoo", steps: 512 });
  const updates = Array.from(run);
  return {
    product: [...a.matmul(b).toArray()],
    gradient: network.parameters().flatMap((p) => [...(p.grad?.toArray() ?? [])]),
    functions: [x.exp(), x.tanh(), x.gelu()].flatMap((y) => [...y.toArray()]),
    softmax: [...some(40, 30).logSoftmax().toArray()],
    run: [updates[0].averageReturn, updates[0].diagnostics.loss],
  };
}

/** The outputs of a layer, row by row, as it is called while acting, and of all rows. */
function rowsOf(): { readonly alone: number[]; readonly batch: number[] } {
  const [rows, inputs, units] = [37, 24, 40];
  const rng = defaultRng(1);
  const blocks = [rows * units, rows * inputs, inputs * units, units].map((size) => allocate(4 * size));
  const [y, x, w, bias] = blocks.map(address);
  for (const [at, size] of [
    [x, rows * inputs],
    [w, inputs * units],
    [bias, units],
  ])
    f32.set(rng.standardNormal(size), at / 4);
  const outputs = () => [...f32.subarray(y / 4, y / 4 + rows * units)];
  kernels.linear(y, 0, x, w, bias, rows, inputs, units, 0);
  const batch = outputs();
  for (let row = 0; row < rows; row++)
    kernels.linear(y + 4 * row * units, 0, x + 4 * row * inputs, w, bias, 1, inputs, units, 0);
  return { alone: outputs(), batch };
}

const [what, file] = process.argv.slice(2);
if (what === "values") console.log(JSON.stringify({ backend: backendName, numerics, values: values(), ...rowsOf() }));
if (what === "save") {
  const run = train({ episodes: 30, seed: 1 });
  for (const { update } of run) if (update === 2) break;
  writeFileSync(file, run.checkpoint());
  console.log(JSON.stringify(run.config));
}
if (what === "resume") {
  const run = resume(readFileSync(file));
  for (const _ of run);
  console.log(JSON.stringify(run.result()));
}
if (what === "load") console.log(JSON.stringify(loadPolicy(readFileSync(file)).config));
