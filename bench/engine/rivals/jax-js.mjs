/** jax-js, jitted, on the work of ../workload.mjs, with its WebAssembly backend. Node has no global Worker, so it has one thread. */
import { defaultDevice, init, jit, nn, numpy as np, random, tree, valueAndGrad } from "@jax-js/jax";
import { installedVersion, report, secondsPerCall } from "../../stopwatch.mjs";
import { batch, GEMMS, LEARNING_RATE, MAX_NORM, parameters, SIZES, STEPS } from "../workload.mjs";

await init("wasm");
defaultDevice("wasm");

const { observations, actions, advantages } = batch();
const weights = () => parameters().map(({ shape, data }) => np.array(data, { shape }));

/** Takes ownership of `w` and `x`, as all functions of jax-js do. */
function logProbsOf(w, x) {
  const layer = (input, i) => np.matmul(input, w[2 * i]).add(w[2 * i + 1]);
  return nn.logSoftmax(layer(nn.relu(layer(nn.relu(layer(x, 0)), 1)), 2), -1);
}

function lossOf(w, x, chosen, advantage) {
  return np.mean(np.sum(logProbsOf(w, x).mul(chosen), -1).mul(advantage)).mul(-1);
}

/** The whole update is one jitted function of all state; correction1 and correction2 are 1 - beta^t. */
const step = jit((w, m, v, x, taken, advantage, correction1, correction2) => {
  const [loss, grads] = valueAndGrad(lossOf)(
    w.map((p) => p.ref),
    x,
    nn.oneHot(taken, 2),
    advantage,
  );
  const squares = grads.map((g) => np.sum(np.square(g.ref))).reduce((a, b) => a.add(b));
  const scale = np.minimum(np.array(MAX_NORM).div(np.sqrt(squares).add(1e-6)), 1);
  const state = w.map((p, i) => {
    const g = grads[i].mul(scale.ref);
    const first = m[i].mul(0.9).add(g.ref.mul(0.1));
    const second = v[i].mul(0.999).add(np.square(g).mul(0.001));
    const denominator = np.sqrt(second.ref.div(correction2.ref)).add(1e-8);
    const change = first.ref.div(correction1.ref).div(denominator).mul(LEARNING_RATE);
    return [p.sub(change), first, second];
  });
  tree.dispose([scale, correction1, correction2]);
  return [loss, state.map((s) => s[0]), state.map((s) => s[1]), state.map((s) => s[2])];
});

function updater() {
  let w = weights();
  let m = w.map((p) => np.zeros(p.shape));
  let v = w.map((p) => np.zeros(p.shape));
  let t = 0;
  return () => {
    t += 1;
    let loss;
    [loss, w, m, v] = step(
      w,
      m,
      v,
      np.array(observations, { shape: [STEPS, SIZES[0]] }),
      np.array(actions, { dtype: np.int32 }),
      np.array(advantages),
      np.array(new Float32Array([1 - 0.9 ** t]), { shape: [] }),
      np.array(new Float32Array([1 - 0.999 ** t]), { shape: [] }),
    );
    return loss.dataSync()[0];
  };
}

/** The host samples from the log-probabilities, which is faster than sampling in jax-js (below). */
function actor() {
  const w = weights();
  const forward = jit(logProbsOf);
  return (i) => {
    const at = (i % STEPS) * SIZES[0];
    const x = np.array(observations.slice(at, at + SIZES[0]), { shape: [1, SIZES[0]] });
    const logProbs = forward(
      w.map((p) => p.ref),
      x,
    ).dataSync();
    return Math.random() < Math.exp(logProbs[0]) ? 0 : 1;
  };
}

/** Samples an action and its log-probability in one jitted function of jax-js. */
function libraryActor() {
  const w = weights();
  const forward = jit((w, x, key) => {
    const logProbs = logProbsOf(w, x);
    const action = random.categorical(key, logProbs.ref);
    return [action.ref, np.sum(logProbs.mul(nn.oneHot(action, 2)))];
  });
  return (i) => {
    const at = (i % STEPS) * SIZES[0];
    const x = np.array(observations.slice(at, at + SIZES[0]), { shape: [1, SIZES[0]] });
    const [action, logProb] = forward(
      w.map((p) => p.ref),
      x,
      random.key(i),
    );
    return [action.dataSync()[0], logProb.dataSync()[0]];
  };
}

async function gemm([m, n, k]) {
  const filled = (rows, columns) => np.array(new Float32Array(rows * columns).fill(0.5), { shape: [rows, columns] });
  const a = filled(m, k);
  const b = filled(k, n);
  const product = jit((x, y) => np.matmul(x, y));
  const work = async () => (await product(a.ref, b.ref).blockUntilReady()).dispose();
  return (2e-9 * m * n * k) / (await secondsPerCall(work, { warmup: 0.2 }));
}

const update = updater();
const losses = Array.from({ length: 10 }, () => update());
const metrics = {};
for (const size of GEMMS) metrics[`gemm_${size.join("x")}_gflops`] = await gemm(size);
metrics.act_us = 1e6 * (await secondsPerCall(actor()));
metrics.act_library_us = 1e6 * (await secondsPerCall(libraryActor()));
metrics.update_ms = 1e3 * (await secondsPerCall(updater()));
report({
  name: "jax-js",
  versions: { node: process.versions.node, "jax-js": installedVersion("@jax-js/jax") },
  metrics,
  check: { firstLoss: losses[0], tenthLoss: losses[9] },
});
