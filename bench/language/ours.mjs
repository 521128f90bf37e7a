/**
 * `node bench/language/ours.mjs`: Ascent's side of the race. Answers each line of its input, a job, by a burst: seconds,
 * seconds of processor time, and tokens. ASCENT_BACKEND and ASCENT_THREADS choose build and threads.
 *
 *   { job: "train", size, steps }    steps of supervised learning: forward, backward, AdamW
 *   { job: "write", size }           one text of 64 tokens in each of 64 rows, with a cache
 *   { job: "ppo" }                   one iteration on reviews of films, from the same weights each time
 *   { job: "check" }                 PPO's update on the responses in workload.json
 *   { job: "gemm", size, kind }      the matrix products of a layer alone, for training or for writing
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { address, allocate } from "../../dist/kernels/heap.js";
import { kernels } from "../../dist/kernels/kernels.js";
import * as memory from "../../dist/kernels/memory.js";
import {
  createLearner,
  drawRollouts,
  gpt,
  gptPolicy,
  ppo,
  rewardModel,
  sft,
  sharedCritic,
  tokenRows,
} from "../../dist/language/index.js";
import { defaultRng } from "../../dist/random/index.js";
import { noGrad } from "../../dist/tensor/index.js";
import { fill, WORK } from "./workload.mjs";

const given = JSON.parse(readFileSync(`${WORK}workload.json`, "utf8"));
const numbers = (name, type) => new type(Uint8Array.from(readFileSync(`${WORK}${name}`)).buffer);
const { task } = given;
const special = { end: task.end, pad: task.pad };

function model(config, name) {
  const made = gpt(config, defaultRng(0));
  fill(made.parameters(), numbers(name, Float32Array));
  return made;
}

/** Runs the work and measures it. `work` may return what is to be told beside. */
function timed(work) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const told = work();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1e6, ...told };
}

function train({ size }) {
  const config = given.sizes[size];
  const policy = gptPolicy(model(config, `${size}.f32`));
  const ids = numbers(`${size}.i32`, Int32Array);
  const sequences = Array.from({ length: config.rows }, (_, row) => {
    const text = [...ids.subarray(row * config.length, (row + 1) * config.length)];
    return { prompt: text.slice(0, 1), response: text.slice(1) };
  });
  const learner = createLearner(sft, { policy, rng: defaultRng(0), options: given.sft });
  return ({ steps }) =>
    timed(() => {
      const losses = [];
      for (let i = 0; i < steps; i++) losses.push(learner.update({ sequences, special: { end: -1, pad: 0 } }, 0).loss);
      return { tokens: steps * config.rows * (config.length - 1), losses };
    });
}

function write({ size, greedy }) {
  const policy = gptPolicy(model(given.sizes[size], `${size}.f32`));
  const prompts = Array.from({ length: given.writers }, (_, row) => [row]);
  const rng = defaultRng(1);
  const how = { end: -1, ...(greedy ? { topK: 1 } : {}) };
  return () =>
    timed(() => {
      const drawn = policy.sample(prompts, how, rng);
      const tokens = drawn.reduce((sum, { response }) => sum + response.length, 0);
      return { tokens, ...(greedy ? { texts: drawn.map(({ response }) => response) } : {}) };
    });
}

/** Policy, reference, reward model and learner as they are before the first update. */
function parts() {
  const policy = gptPolicy(model(task, "policy.f32"));
  const reference = gptPolicy(model(task, "policy.f32"));
  const judge = rewardModel(gpt(task, defaultRng(0)), special, defaultRng(0));
  fill([...judge.parameters(), ...judge.scale.values()], numbers("judge.f32", Float32Array));
  const critic = sharedCritic(task.width);
  const learner = createLearner(ppo, { policy, reference, critic, options: given.ppo, rng: defaultRng(0) });
  return { policy, reference, judge, learner };
}

function iteration() {
  const rng = defaultRng(4);
  return () => {
    const { policy, reference, judge, learner } = parts();
    const drawing = { policy, reference, samplesPerPrompt: 1, sampling: special, rng };
    return timed(() => {
      let sampling;
      let rollouts;
      const sample = (...all) => {
        let drawn;
        sampling = timed(() => {
          drawn = policy.sample(...all);
        });
        return drawn;
      };
      const scoring = timed(() => {
        rollouts = drawRollouts(given.prompts, { ...drawing, policy: { ...policy, sample } }, () => 0);
        rollouts = { ...rollouts, scores: judge.score(rollouts.sequences) };
      });
      for (const clock of ["wall", "cpu"]) scoring[clock] -= sampling[clock];
      const updating = timed(() => void learner.update(rollouts, 0));
      const tokens = rollouts.sequences.reduce((n, { prompt, response }) => n + prompt.length + response.length, 0);
      return { tokens, length: rollouts.rows.length, sampling, scoring, updating };
    });
  };
}

/** Losses and rewards for given responses. */
function check() {
  return () => {
    const { policy, reference, judge, learner } = parts();
    const { sequences } = given;
    const rows = tokenRows(sequences, special);
    const logs = (from) => Float64Array.from(noGrad(() => from.forward(rows).logProbs.toArray()));
    const scores = judge.score(sequences);
    const rollouts = {
      sequences,
      rows,
      samplesPerPrompt: 1,
      logProbs: logs(policy),
      referenceLogProbs: logs(reference),
      scores,
      temperature: 1,
      special,
    };
    const { loss, valueLoss, entropy, gradientNorm } = learner.update(rollouts, 0);
    return { score: scores.reduce((a, b) => a + b, 0) / scores.length, loss, valueLoss, entropy, gradientNorm };
  };
}

function gemm({ size, kind }) {
  const config = size === "task" ? task : given.sizes[size];
  const { width: c, rows, length } = config;
  const m = kind === "write" ? given.writers : rows * (length ?? task.context);
  const block = (n) => {
    const made = allocate(4 * n);
    const values = Float32Array.from({ length: n }, (_, i) => ((i * 7919) % 2003) / 1001 - 1);
    memory.f32.set(values, address(made) >>> 2);
    return made;
  };
  const products = [
    [c, 3 * c],
    [c, c],
    [c, 4 * c],
    [4 * c, c],
  ].map(([k, n]) => ({ k, n, x: block(m * k), w: block(k * n), y: block(m * n) }));
  const flops = products.reduce((sum, { k, n }) => sum + 2 * m * k * n, 0) * (kind === "write" ? 1 : 3);
  return () =>
    timed(() => {
      const calls = Math.ceil(3e8 / flops);
      for (let i = 0; i < calls; i++) {
        for (const { k, n, x, w, y } of products) {
          const [px, pw, py] = [x, w, y].map(address);
          kernels.gemm(py, px, pw, m, n, k, k, 1, n, 1, 0);
          if (kind === "write") continue;
          kernels.gemm(px, py, pw, m, k, n, n, 1, 1, n, 0);
          kernels.gemm(pw, px, py, k, n, m, 1, k, n, 1, 0);
        }
        // Products of products grow.
        for (const { k, n, w } of products) memory.f32.fill(0.01, address(w) >>> 2, (address(w) >>> 2) + k * n);
      }
      return { flops: flops * calls };
    });
}

const prepared = new Map();
const jobs = { train, write, ppo: iteration, check, gemm };
for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  const { steps: _, ...which } = job;
  const key = JSON.stringify(which);
  if (!prepared.has(key)) prepared.set(key, jobs[job.job](job));
  console.log(JSON.stringify(prepared.get(key)(job)));
}
