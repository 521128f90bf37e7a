/**
 * The work that is compared. Each function takes one built tree and returns `{ block, check, prepare? }`: `block()` does the
 * next piece of work, the same in both trees, `prepare()` what precedes it off the clock, and `check()` says at the end what
 * came out, which must be equal.
 *
 * Trees differ in their APIs. Training needs `train` alone. Acting and learning by hand need parts that have changed, and
 * look at what the tree offers.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { batch, LEARNING_RATE, MAX_NORM, parameters, SIZES, STEPS } from "../engine/workload.mjs";

const { observations, actions, advantages } = batch();

/** `work name: { blocks, create }`; a whole training run has as many blocks as it takes. */
export const WORKS = {
  reinforce: { blocks: 80, create: reinforce },
  ppo: { blocks: 98, create: ppo },
  decision: { blocks: 60, warmup: 40, create: decision },
  act: { blocks: 60, warmup: 40, create: act },
  update: { blocks: 60, warmup: 20, create: update },
};

/** Modules of a tree, by their paths in `dist`. */
function modulesOf(tree) {
  const path = (name) => join(resolve(tree), "dist", name);
  return {
    has: (name) => existsSync(path(name)),
    load: (name) => import(pathToFileURL(path(name)).href),
  };
}

/** `bench/reinforce`: ten episodes of the preset `exercise`. */
async function reinforce(tree) {
  return trained(tree, { preset: "exercise", episodes: 800 }, 10);
}

/** `bench/peers`: four updates of RL Zoo's PPO on CartPole, from the first to the last of 100,000 steps. */
async function ppo(tree) {
  const zoo = { algorithm: "ppo", preset: "zoo", env: "CartPole-v1", steps: 100_000, stopWhenSolved: false };
  return trained(tree, zoo, 4);
}

async function trained(tree, config, updates) {
  const { train } = await modulesOf(tree).load("index.js");
  const run = train({ ...config, seed: 0 });
  const updatesOfRun = run[Symbol.iterator]();
  return {
    block() {
      for (let i = 0; i < updates; i++) updatesOfRun.next();
    },
    check: () => run.result().weightsSha256,
  };
}

/**
 * `bench/engine`'s `act_us`: 2,048 decisions, acted and recorded as a rollout does. Ending a batch is off the clock: here a
 * buffer has the rewards too, and there they were kept elsewhere.
 */
async function decision(tree) {
  const modules = modulesOf(tree);
  const policy = await policyWithWeights(modules);
  const { defaultRng } = await modules.load("random/index.js");
  const record = modules.has("policies/row-actor.js") ? recordedByBuffer : recordedByActor;
  const { step, prepare } = await record(modules, policy, defaultRng(0));
  return { ...counted(2048, step), prepare };
}

async function recordedByBuffer({ load }, policy, rng) {
  const { RowActor } = await load("policies/row-actor.js");
  const { RolloutBuffer } = await load("rollout/buffer.js");
  const memory = await load("kernels/memory.js");
  const { at } = await load("tensor/tensor.js");
  const acting = new RowActor(policy);
  const buffer = new RolloutBuffer(policy, { copies: 1, masked: false, widths: acting.widths });
  const choice = { rng, deterministic: false, memory: undefined, exploration: undefined };
  const action = new Int32Array(1);
  return {
    prepare: () => buffer.take(),
    step(observation) {
      const row = buffer.extend();
      // As the collector does it: for a few numbers, a loop is faster than `set`.
      const start = (at(buffer.features) >>> 2) + row * SIZES[0];
      for (let k = 0; k < SIZES[0]; k++) memory.f32[start + k] = observation[k];
      acting.act(buffer, row, 1, choice, action);
      return action[0];
    },
  };
}

async function recordedByActor({ load }, policy, rng) {
  const { Actor } = await load("policies/index.js");
  const acting = new Actor(policy);
  const action = new Int32Array(1);
  return {
    prepare: () => acting.take(),
    step(observation) {
      acting.act(observation, rng, action);
      return action[0];
    },
  };
}

/** 1,024 decisions by `policy.act`, which records nothing. */
async function act(tree) {
  const modules = modulesOf(tree);
  const policy = await policyWithWeights(modules);
  const { defaultRng } = await modules.load("random/index.js");
  const rng = defaultRng(0);
  return counted(1024, (observation) => policy.act(observation, { rng }));
}

/** Calls `step(observation)` so many times a block, and checks how often it chose action 1. */
function counted(calls, step) {
  const rows = Array.from({ length: STEPS }, (_, i) => observations.slice(i * SIZES[0], (i + 1) * SIZES[0]));
  let ones = 0;
  return {
    block() {
      for (let i = 0; i < calls; i++) ones += step(rows[i % STEPS]);
    },
    check: () => ones,
  };
}

/** `bench/engine`'s `update_ms`: eight updates on 512 steps. */
async function update(tree) {
  const modules = modulesOf(tree);
  const { adam, clipGradNorm } = await modules.load("optim/index.js");
  const { indices, tensor } = await modules.load("tensor/index.js");
  const policy = await policyWithWeights(modules);
  const optimizer = adam(policy.parameters(), { learningRate: LEARNING_RATE });
  const takesRows = modules.has("policies/rows.js");
  let last = 0;
  const once = () => {
    optimizer.zeroGrad();
    const features = tensor(observations, [STEPS, SIZES[0]]);
    const pi = policy.distribution(takesRows ? { features } : features);
    const loss = pi.logProb(indices(actions)).mul(tensor(advantages)).mean().neg();
    loss.backward();
    clipGradNorm(policy.parameters(), MAX_NORM);
    optimizer.step();
    last = loss.item();
  };
  return {
    block() {
      for (let i = 0; i < 8; i++) once();
    },
    check: () => last,
  };
}

async function policyWithWeights({ load }) {
  const { mlpPolicy } = await load("policies/index.js");
  const { box, discrete } = await load("spaces/index.js");
  const { defaultRng } = await load("random/index.js");
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
