/**
 * `numerics values` prints results of kernels and of a short run; `numerics save FILE` saves a run after two updates, and
 * `numerics resume FILE` goes on with it; `numerics load FILE` loads its policy. `ASCENT_NUMERICS` says how they compute.
 */

import { readFileSync, writeFileSync } from "node:fs";
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

/** The outputs of a network, row by row and of all rows. */
function rowsOf(): { readonly alone: number[]; readonly batch: number[] } {
  const rng = defaultRng(1);
  const network = mlp({ sizes: [4, 64, 64, 2], activation: "tanh", rng });
  const rows = Array.from({ length: 37 }, () => [...rng.standardNormal(4)]);
  const outputs = (inputs: number[][]) => [...network.forward(tensor(inputs.flat(), [inputs.length, 4])).toArray()];
  return { alone: rows.flatMap((row) => outputs([row])), batch: outputs(rows) };
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
