/**
 * Profiles PPO with RL Zoo's settings for CartPole-v1 (one minibatch of 256 rows, two networks of 4-64-64 units with tanh, 20
 * gradient steps per update), and reports what share of the machine's GEMM rate the gradient steps reach.
 *
 *   npm run build && node bench/ppo/profile.mjs [--steps 100000] [--output bench/ppo/results.json]
 *
 * All numbers come from this one run. The GEMM rate is that of our own kernel on 256×64 by 64×64, measured before and after
 * training. The parts of a gradient step are timed after training, on the last batch, with the trained policy and a critic with
 * the same hidden layers. Kernel times are the fastest of many batches, because other load can only add to them.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { categorical } from "../../dist/distributions/index.js";
import { train } from "../../dist/index.js";
import { address, allocate } from "../../dist/kernels/heap.js";
import { kernels } from "../../dist/kernels/kernels.js";
import { f32 } from "../../dist/kernels/memory.js";
import { mlp } from "../../dist/nn/index.js";
import { adam, clipGradNorm } from "../../dist/optim/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { Collector } from "../../dist/rollout/collector.js";
import { backendName, clippedSurrogate, indices, tensor, valueError, weightedSum } from "../../dist/tensor/index.js";
import { median } from "../stopwatch.mjs";
import { denormals } from "./denormal-numbers.mjs";

const { values: given } = parseArgs({
  options: { steps: { type: "string", default: "100000" }, output: { type: "string" } },
});
const ROWS = 256;
const rng = defaultRng(0);
const round = (value, digits = 2) => Number(value.toFixed(digits));

/** Microseconds per call: the fastest of many batches. */
function fastest(work, batches = 300, calls = 10) {
  let best = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < batches; batch++) {
    const start = performance.now();
    for (let i = 0; i < calls; i++) work();
    best = Math.min(best, (performance.now() - start) / calls);
  }
  return best * 1000;
}

function block(n, scale) {
  const made = allocate(4 * n);
  f32.set(
    rng.standardNormal(n).map((x) => x * scale),
    address(made) >>> 2,
  );
  return made;
}

/** A network with the trained hidden layers and this many outputs. */
function like({ layers }, outputs, name) {
  const network = mlp({ sizes: [4, 64, 64, outputs], activation: "tanh", rng, name });
  for (let i = 0; i < 2; i++) {
    network.layers[i].weights.set(layers[i].weights.toArray());
    network.layers[i].bias.set(layers[i].bias.toArray());
  }
  return network;
}

/**
 * The kernels alone of one gradient step of one network, in microseconds. No call reads what it has written: a slope that is
 * applied in place over and over shrinks its numbers until they are denormal, and many processors handle those a hundred times
 * as slowly.
 */
function kernelTimes({ layers }, features) {
  const sizes = [4, ...layers.map(({ bias }) => bias.size)];
  const blocks = (length, scale) => sizes.map((width, i) => block(length(width, i), scale));
  const rows = (width) => ROWS * width;
  const made = {
    y: blocks(rows, 0.5),
    dy: blocks(rows, 0.5),
    dz: blocks(rows, 0.5),
    dw: blocks((width, i) => width * (sizes[i - 1] ?? 1), 0),
    db: blocks((width) => width, 0),
  };
  // Addresses come last, because an allocation may move every block.
  const [y, dy, dz, dw, db] = [made.y, made.dy, made.dz, made.dw, made.db].map((those) => those.map(address));
  const weights = layers.map((layer) => address(layer.weights.block));
  const biases = layers.map((layer) => address(layer.bias.block));
  f32.set(features, y[0] >>> 2);
  const times = { forward: 0, slope: 0, inputGradient: 0, weightGradient: 0, biasGradient: 0 };
  for (let i = 1; i <= layers.length; i++) {
    const k = sizes[i - 1];
    const n = sizes[i];
    const w = weights[i - 1];
    const activation = i < layers.length ? 2 : 0;
    times.forward += fastest(() => kernels.linear(y[i], 0, y[i - 1], w, biases[i - 1], ROWS, k, n, activation));
    if (activation > 0)
      times.slope += fastest(() => kernels.activation_backward(dz[i], dy[i], y[i], 0, ROWS * n, activation));
    if (i > 1) times.inputGradient += fastest(() => kernels.gemm(dy[i - 1], dz[i], w, ROWS, k, n, n, 1, 1, n, 0));
    times.weightGradient += fastest(() => kernels.gemm(dw[i], y[i - 1], dz[i], k, n, ROWS, 1, k, n, 1, 0));
    times.biasGradient += fastest(() => kernels.add_columns(db[i], dz[i], ROWS, n));
  }
  for (const [name, those] of Object.entries(made)) {
    for (const { bytes, place } of those) requireNormal(name, f32.subarray(place >>> 2, (place + bytes) >>> 2));
  }
  return times;
}

/** @throws Error where these numbers would make a kernel slower than those of training */
function requireNormal(name, values) {
  const count = denormals(values);
  if (count > 0)
    throw new Error(`${name}: ${count} of ${values.length} numbers are denormal, so the times mean nothing`);
}

function gemmRate() {
  const blocks = [block(ROWS * 64, 1), block(64 * 64, 1), block(ROWS * 64, 1)];
  const [a, b, c] = blocks.map(address);
  const us = fastest(() => kernels.gemm(c, a, b, ROWS, 64, 64, 64, 1, 64, 1, 0), 1000);
  return (2 * ROWS * 64 * 64) / us / 1000;
}

/** The parts of one gradient step of PPO in microseconds: medians, because the work of a part varies. */
function stepTimes(policy, critic, numbers) {
  const parameters = [...policy.parameters(), ...critic.parameters()];
  const optimizer = adam(parameters, { learningRate: 1e-6, eps: 1e-5 });
  const features = tensor(numbers, [ROWS, 4]);
  const actions = indices(Int32Array.from(rng.integers(0, 2, ROWS)));
  const [old, advantages, returns] = [-0.7, 0, 0].map((mean) =>
    tensor(rng.standardNormal(ROWS).map((x) => mean + 0.1 * x)),
  );
  const samples = { forward: [], loss: [], backward: [], optimiser: [] };
  for (let i = 0; i < 4000; i++) {
    const t0 = performance.now();
    const logits = policy.forward(features);
    const now = critic.forward(features).reshape([ROWS]);
    const t1 = performance.now();
    const pi = categorical(logits);
    const { gain } = clippedSurrogate(pi.logProb(actions), old, advantages, 0.2);
    const loss = weightedSum([-1, gain], [0.5, valueError(now, returns)], [0, pi.entropy().mean()]);
    const t2 = performance.now();
    optimizer.zeroGrad();
    loss.backward();
    const t3 = performance.now();
    clipGradNorm(parameters, 0.5);
    optimizer.step();
    const t4 = performance.now();
    if (i < 1000) continue;
    samples.forward.push(t1 - t0);
    samples.loss.push(t2 - t1);
    samples.backward.push(t3 - t2);
    samples.optimiser.push(t4 - t3);
  }
  for (const p of parameters) requireNormal(`the gradient of ${p.name}`, p.grad.toArray());
  for (const [name, state] of optimizer.state()) requireNormal(name, state.toArray());
  return Object.fromEntries(Object.entries(samples).map(([name, times]) => [name, median(times) * 1000]));
}

/** Far more steps than a batch has: a piece of work ends where a batch is complete, or between two gradient steps. */
const PIECE = 1_000_000_000;

/** Times a whole run: seconds of collecting and of updating, and the time of each update. */
function trainTimes() {
  const { take } = Collector.prototype;
  let features;
  Collector.prototype.take = function () {
    const taken = take.call(this);
    features = taken.batch.features.toArray();
    return taken;
  };
  const run = train({
    algorithm: "ppo",
    preset: "zoo",
    env: "CartPole-v1",
    seed: 0,
    steps: Number(given.steps),
    stopWhenSolved: false,
  });
  const updates = [];
  let [collecting, gradientSteps] = [0, 0];
  const start = performance.now();
  while (!run.finished) {
    const before = performance.now();
    run.advance(PIECE);
    const collected = performance.now();
    let update;
    while (update === undefined) update = run.advance(PIECE);
    updates.push((performance.now() - collected) / update.diagnostics.gradientSteps);
    collecting += collected - before;
    gradientSteps += update.diagnostics.gradientSteps;
  }
  const seconds = (performance.now() - start) / 1000;
  Collector.prototype.take = take;
  return { policy: run.policy, features, seconds, collecting: collecting / 1000, updates, gradientSteps };
}

/** Multiplications and additions of one gradient step: forward, weights, and inputs of all layers but the first. */
const flop = [2, 1].reduce((sum, n) => sum + 2 * ROWS * (3 * (64 * 64 + 64 * n) + 2 * 4 * 64), 0);

const before = gemmRate();
const { policy: learned, features, seconds, collecting, updates, gradientSteps } = trainTimes();
const policy = like(learned.describe(), 2, "policy");
const critic = like(learned.describe(), 1, "value");
const ofPolicy = kernelTimes(policy, features);
const ofCritic = kernelTimes(critic, features);
const step = stepTimes(policy, critic, features);
const after = gemmRate();
const gemm = Math.max(before, after);
const inNetworks = Object.fromEntries(Object.entries(ofPolicy).map(([name, us]) => [name, round(us + ofCritic[name])]));
const kernelsAlone = Object.values(inNetworks).reduce((a, b) => a + b, 0);
const typical = 1000 * median(updates);
const whole = Object.values(step).reduce((a, b) => a + b, 0);
const result = {
  machine: cpus()[0].model,
  node: process.version,
  backend: backendName,
  run: {
    seconds: round(seconds),
    collecting: round(collecting),
    updating: round(seconds - collecting),
    gradientSteps,
    usPerGradientStep: {
      mean: round((1e6 * (seconds - collecting)) / gradientSteps, 1),
      median: round(typical, 1),
      fastestTenth: round(1000 * [...updates].sort((a, b) => a - b)[Math.floor(updates.length / 10)], 1),
      firstFortyUpdates: round((1000 * updates.slice(0, 40).reduce((a, b) => a + b, 0)) / 40, 1),
    },
  },
  gradientStepUs: {
    ...Object.fromEntries(Object.entries(step).map(([name, us]) => [name, round(us, 1)])),
    whole: round(whole, 1),
  },
  kernelsUs: { ...inNetworks, whole: round(kernelsAlone, 1) },
  gemm: {
    gflopsBefore: round(before, 1),
    gflopsAfter: round(after, 1),
    megaflopPerGradientStep: round(flop / 1e6),
    usAtThatRate: round(flop / gemm / 1000, 1),
    shareReachedByKernels: round(flop / kernelsAlone / 1000 / gemm),
    shareReachedByStep: round(flop / whole / 1000 / gemm),
    shareReachedInTraining: round(flop / typical / 1000 / gemm),
  },
};
console.log(JSON.stringify(result, null, 1));
if (given.output) writeFileSync(given.output, `${JSON.stringify(result, null, 1)}\n`);
