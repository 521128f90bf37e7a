/** Ascent on the work of workload.mjs. ASCENT_BACKEND chooses the build. */
import { kernels } from "../../dist/kernels/kernels.js";
import { f32 } from "../../dist/kernels/memory.js";
import { adam, clipGradNorm } from "../../dist/optim/index.js";
import { mlpPolicy } from "../../dist/policies/index.js";
import { RowActor } from "../../dist/policies/row-actor.js";
import { defaultRng } from "../../dist/random/index.js";
import { RolloutBuffer } from "../../dist/rollout/buffer.js";
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
    const pi = policy.distribution({ features: tensor(observations, [STEPS, SIZES[0]]) });
    const loss = pi.logProb(indices(actions)).mul(tensor(advantages)).mean().neg();
    loss.backward();
    clipGradNorm(policy.parameters(), MAX_NORM);
    optimizer.step();
    return loss.item();
  };
}

/** Samples an action with its log-probability without a graph, as training does. */
/** Acts and records as a rollout of one environment does. */
function actor() {
  const policy = policyWithWeights();
  const acting = new RowActor(policy);
  const buffer = new RolloutBuffer(policy, { copies: 1, masked: false, widths: acting.widths });
  const choice = { rng: defaultRng(0), deterministic: false, memory: undefined, exploration: undefined };
  const rows = Array.from({ length: STEPS }, (_, i) => observations.slice(i * SIZES[0], (i + 1) * SIZES[0]));
  const action = new Int32Array(1);
  return (i) => {
    if (i % STEPS === 0) buffer.take();
    const row = buffer.extend();
    f32.set(rows[i % STEPS], (at(buffer.features) >>> 2) + row * SIZES[0]);
    acting.act(buffer, row, 1, choice, action);
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
