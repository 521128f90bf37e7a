/** TensorFlow.js on the work of ../workload.mjs, with its WebAssembly backend (SIMD, one thread). */

import * as tf from "@tensorflow/tfjs";
import { setThreadsCount } from "@tensorflow/tfjs-backend-wasm";
import { installedVersion, report, secondsPerCall } from "../../stopwatch.mjs";
import { batch, GEMMS, LEARNING_RATE, MAX_NORM, parameters, SIZES, STEPS } from "../workload.mjs";

setThreadsCount(1);
await tf.setBackend("wasm");
await tf.ready();
tf.enableProdMode(); // skips checks of shapes and NaN, which is the faster mode

const { observations, actions, advantages } = batch();

function network() {
  const weights = parameters().map(({ shape, data }) => tf.variable(tf.tensor(data, shape)));
  // Fused matmul + bias + ReLU, which has a gradient in tfjs and is faster than three operations.
  const layer = (x, i, activation) =>
    tf.fused.matMul({ a: x, b: weights[2 * i], bias: weights[2 * i + 1], activation });
  return { weights, logits: (x) => layer(layer(layer(x, 0, "relu"), 1, "relu"), 2, "linear") };
}

function updater() {
  const { logits } = network();
  const adam = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);
  return () =>
    tf.tidy(() => {
      const chosen = tf.oneHot(tf.tensor1d(actions, "int32"), 2);
      const weight = tf.tensor1d(advantages);
      const x = tf.tensor2d(observations, [STEPS, SIZES[0]]);
      const { value, grads } = tf.variableGrads(() =>
        tf.neg(tf.mean(tf.mul(tf.sum(tf.mul(tf.logSoftmax(logits(x)), chosen), 1), weight))),
      );
      const norm = tf.sqrt(tf.addN(Object.values(grads).map((g) => tf.sum(tf.square(g)))));
      const scale = tf.minimum(tf.div(MAX_NORM, tf.add(norm, 1e-6)), 1);
      adam.applyGradients(Object.fromEntries(Object.entries(grads).map(([key, g]) => [key, tf.mul(g, scale)])));
      return value.dataSync()[0];
    });
}

/** The host samples from the log-probabilities, which is faster than sampling in tfjs (below). */
function actor() {
  const { logits } = network();
  return (i) => {
    const at = (i % STEPS) * SIZES[0];
    const x = observations.slice(at, at + SIZES[0]);
    const logProbs = tf.tidy(() => tf.logSoftmax(logits(tf.tensor2d(x, [1, SIZES[0]]))).dataSync());
    return Math.random() < Math.exp(logProbs[0]) ? 0 : 1;
  };
}

/** Samples an action with tf.multinomial and takes its log-probability. */
function libraryActor() {
  const { logits } = network();
  return (i) => {
    const at = (i % STEPS) * SIZES[0];
    const x = observations.slice(at, at + SIZES[0]);
    return tf.tidy(() => {
      const scores = logits(tf.tensor2d(x, [1, SIZES[0]]));
      const action = tf.squeeze(tf.multinomial(scores, 1), [0]);
      const logProb = tf.sum(tf.mul(tf.logSoftmax(scores), tf.oneHot(action, 2)));
      return [action.dataSync()[0], logProb.dataSync()[0]];
    });
  };
}

async function gemm([m, n, k]) {
  const a = tf.randomUniform([m, k]);
  const b = tf.randomUniform([k, n]);
  return (2e-9 * m * n * k) / (await secondsPerCall(() => tf.matMul(a, b).dispose(), { warmup: 0.2 }));
}

const update = updater();
const losses = Array.from({ length: 10 }, () => update());
const metrics = {};
for (const size of GEMMS) metrics[`gemm_${size.join("x")}_gflops`] = await gemm(size);
metrics.act_us = 1e6 * (await secondsPerCall(actor()));
metrics.act_library_us = 1e6 * (await secondsPerCall(libraryActor()));
metrics.update_ms = 1e3 * (await secondsPerCall(updater()));
report({
  name: "tfjs",
  versions: { node: process.versions.node, tfjs: installedVersion("@tensorflow/tfjs") },
  metrics,
  check: { firstLoss: losses[0], tenthLoss: losses[9], backend: tf.getBackend(), tensors: tf.memory().numTensors },
});
