/** Ascent on the work of workload.mjs. ASCENT_BACKEND chooses the build. */
import { kernels } from "../../dist/kernels/kernels.js";
import { adam, clipGradNorm } from "../../dist/optim/index.js";
import { Actor, mlpPolicy } from "../../dist/policies/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { box, discrete } from "../../dist/spaces/index.js";
import { backendName, indices, tensor, zeros } from "../../dist/tensor/index.js";
import { at } from "../../dist/tensor/tensor.js";
import { report, secondsPerCall } from "../stopwatch.mjs";
import { batch, GEMMS, LEARNING_RATE, MAX_NORM, parameters, SIZES, STEPS } from "./workload.mjs";

const { observations, actions, advantages } = batch();

function policyWithWeights() {
  const policy = mlpPolicy({
    observationSpace: box({ low: -1, high: 1, shape: [SIZES[0]] }),
    actionSpace: discrete(2),
    hidden: SIZES.slice(1, -1),
    activation: "relu",
    rng: defaultRng(0),
  });
  for (const [i, p] of policy.parameters().entries()) p.set(parameters()[i].data);
  return policy;
}

function updater() {
  const policy = policyWithWeights();
  const optimizer = adam(policy.parameters(), { learningRate: LEARNING_RATE });
  return () => {
    optimizer.zeroGrad();
    const pi = policy.distribution(tensor(observations, [STEPS, SIZES[0]]));
    const loss = pi.logProb(indices(actions)).mul(tensor(advantages)).mean().neg();
    loss.backward();
    clipGradNorm(policy.parameters(), MAX_NORM);
    optimizer.step();
    return loss.item();
  };
}

/** Samples an action with its log-probability without a graph, as training does. */
function actor() {
  const acting = new Actor(policyWithWeights());
  const rng = defaultRng(0);
  const rows = Array.from({ length: STEPS }, (_, i) => observations.slice(i * SIZES[0], (i + 1) * SIZES[0]));
  const action = new Int32Array(1);
  return (i) => {
    if (i % STEPS === 0) acting.take();
    acting.act(rows[i % STEPS], rng, action);
    return action[0];
  };
}

const metrics = {};
for (const [m, n, k] of GEMMS) {
  const a = zeros([m, k]);
  const b = zeros([k, n]);
  const c = zeros([m, n]);
  const seconds = await secondsPerCall(() => kernels.gemm(at(c), at(a), at(b), m, n, k, k, 1, n, 1, 0));
  metrics[`gemm_${m}x${n}x${k}_gflops`] = (2 * m * n * k) / seconds / 1e9;
}
const act = actor();
let step = 0;
metrics.act_us = (await secondsPerCall(() => act(step++))) * 1e6;

const check = {};
const first = updater();
check.firstLoss = first();
for (let i = 2; i < 10; i++) first();
check.tenthLoss = first();
const update = updater();
metrics.update_ms = (await secondsPerCall(() => update())) * 1e3;

report({ name: "ascent", versions: { node: process.version, ascent: backendName }, metrics, check });
