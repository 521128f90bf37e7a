/** PPO written by hand, in parts that the zoo swaps, with the doctor beside it. */
import { categorical, gaussian, squashedGaussian } from "ascent/distributions";
import { type Finding, inspect, type LoopUpdate } from "ascent/doctor";
import { type Env, make } from "ascent/envs";
import { type Mlp, mlp } from "ascent/nn";
import { adam, clipGradNorm, type Optimizer } from "ascent/optim";
import { defaultRng, type Generator } from "ascent/random";
import { box } from "ascent/spaces";
import { minimum, noGrad, parameter, type Tensor, tensor, zeros } from "ascent/tensor";
import { stepLengths } from "./step-lengths.js";

export const GAMMA = 0.99;
export const LAMBDA = 0.95;
const STEPS = 256;
const EPOCHS = 4;
const CLIP = 0.2;

/** The steps of one batch, in order. */
export interface Rollout {
  readonly observations: Float32Array[];
  readonly actions: number[];
  readonly logProbs: number[];
  readonly rewards: number[];
  readonly terminated: boolean[];
  readonly truncated: boolean[];
  /** The last observation of each episode, and of the batch. */
  readonly lastObservations: Float32Array[];
}

/** What a policy's outputs mean. */
export interface Head {
  readonly outputs: number;
  sample(outputs: Tensor, logStd: Tensor, rng: Generator): number;
  /** log π for one action or several, from outputs [n] or [m, n]. */
  logProb(outputs: Tensor, logStd: Tensor, actions: readonly number[]): Tensor;
  entropy(outputs: Tensor, logStd: Tensor): Tensor;
}

/** A choice of 0 or 1. */
export const discreteHead: Head = {
  outputs: 2,
  sample: (outputs, _logStd, rng) => categorical(outputs).sample(rng),
  logProb: (outputs, _logStd, actions) =>
    categorical(outputs).logProb(outputs.shape.length === 1 ? actions[0] : actions),
  entropy: (outputs) => categorical(outputs).entropy(),
};

/** A number drawn from a normal distribution. */
export const gaussianHead: Head = {
  outputs: 1,
  sample: (outputs, logStd, rng) => gaussian(outputs, logStd).sample(rng)[0],
  logProb: (outputs, logStd, actions) => gaussian(outputs, logStd).logProb(column(actions, outputs)),
  entropy: (outputs, logStd) => gaussian(outputs, logStd).entropy(),
};

/** The same, squashed into (-1, 1); actions are stored before squashing. */
export const squashedHead: Head = {
  ...gaussianHead,
  logProb: (outputs, logStd, actions) => squashedGaussian(outputs, logStd).logProb(column(actions, outputs)),
};

function column(actions: readonly number[], { shape }: Tensor): Tensor {
  return tensor(Float32Array.from(actions), shape);
}

/** CartPole pushed by a number in [-1, 1]: to the right if it is positive. */
export function continuousCartPole(): Env<Float32Array, Float32Array> {
  const env = make("CartPole-v1");
  return {
    observationSpace: env.observationSpace,
    actionSpace: box({ low: -1, high: 1, shape: [1] }),
    reset: (options) => env.reset(options),
    step: (action) => env.step(action[0] > 0 ? 1 : 0),
  };
}

/** What an epoch learns from, row by row. */
export interface Rows {
  readonly pi: { readonly logProbs: Tensor; readonly entropy: Tensor };
  readonly oldLogProbs: Tensor;
  readonly advantages: Float64Array;
}

/** The parts of the loop. */
export interface Parts {
  readonly head: Head;
  makeEnv(): Env<Float32Array, number> | Env<Float32Array, Float32Array>;
  /** What is stored of a drawn action. */
  stored(action: number): number;
  optimizer(parameters: Tensor[]): Optimizer;
  learningRate(progress: number): number;
  /** V after each episode or the batch, as the advantages use it. */
  after(finalValues: Float64Array, ends: readonly { terminated: boolean; truncated: boolean }[]): Float64Array;
  advantages(rollout: Rollout, values: Float32Array, after: Float64Array): Float64Array;
  normalise(advantages: Float64Array): Float64Array;
  minibatches(rng: Generator): number[][];
  newLogProbs(logProbs: Tensor): Tensor;
  oldLogProbs(stored: Tensor, now: Tensor): Tensor;
  gain(rows: Rows): Tensor;
  entropy(outputs: Tensor, logStd: Tensor): Tensor | undefined;
  /** The targets of V in a pass over the batch. */
  returns(advantages: Float64Array, old: Float32Array, now: Float32Array): Float64Array;
}

/** Every part as it should be. */
export const RIGHT: Parts = {
  head: discreteHead,
  makeEnv: () => make("CartPole-v1"),
  stored: (action) => action,
  optimizer: (parameters) => adam(parameters, { learningRate: 1e-3 }),
  learningRate: () => 1e-3,
  after: (finalValues, ends) => finalValues.map((value, i) => (ends[i].terminated ? 0 : value)),
  advantages({ rewards, terminated, truncated }, values, after) {
    let episode = after.length - 1;
    let following = 0;
    let next = after[episode];
    const advantages = new Float64Array(rewards.length);
    for (let t = rewards.length - 1; t >= 0; t--) {
      if ((terminated[t] || truncated[t]) && t + 1 < rewards.length) {
        following = 0;
        next = after[--episode];
      }
      following = rewards[t] + GAMMA * next - values[t] + GAMMA * LAMBDA * following;
      advantages[t] = following;
      next = values[t];
    }
    return advantages;
  },
  normalise: standardised,
  minibatches(rng) {
    const order = Array.from(rng.permutation(STEPS));
    return [0, 64, 128, 192].map((start) => order.slice(start, start + 64));
  },
  newLogProbs: (logProbs) => logProbs,
  oldLogProbs: (stored) => stored,
  gain({ pi: { logProbs }, oldLogProbs, advantages }) {
    const A = tensor(advantages);
    const ratio = logProbs.sub(oldLogProbs).exp();
    return minimum(ratio.mul(A), ratio.clamp(1 - CLIP, 1 + CLIP).mul(A)).mean();
  },
  entropy: () => undefined,
  returns: (advantages, old) => advantages.map((advantage, t) => advantage + old[t]),
};

/** (x - mean) / (deviation + 1e-8), with n in the deviation. */
export function standardised(numbers: Float64Array): Float64Array {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
  return numbers.map((value) => (value - mean) / (Math.sqrt(variance) + 1e-8));
}

/** Rows of observations as one tensor [m, 4]. */
function stacked(observations: readonly Float32Array[]): Tensor {
  const rows = new Float32Array(4 * observations.length);
  observations.forEach((row, i) => void rows.set(row, 4 * i));
  return tensor(rows, [observations.length, 4]);
}

function valuesOf(network: Mlp, observations: readonly Float32Array[]): Float32Array {
  return noGrad(() => network.forward(stacked(observations)).toArray());
}

/** What a loop was like, and what the doctor said. */
export interface Loop {
  readonly findings: readonly Finding[];
  readonly weights: readonly Float32Array[];
  readonly lengths: readonly number[];
  /** How far each of the first gradient steps moved the policy's weights, as a share of their length. */
  readonly steps: readonly number[];
}

/** How long a loop runs, and whether the doctor stands beside it. */
export interface How {
  readonly updates?: number;
  readonly seed?: number;
  /** Codes after which it ends. */
  readonly until?: readonly string[];
  readonly doctored?: boolean;
}

/** Runs the loop with other parts, until the doctor says something of this code. */
export function ppoByHand(
  changed: Partial<Parts> = {},
  { updates = 30, seed = 0, until, doctored = true }: How = {},
): Loop {
  const parts = { ...RIGHT, ...changed };
  const rng = defaultRng(seed);
  const env = parts.makeEnv();
  const policy = mlp({ sizes: [4, 32, parts.head.outputs], activation: "tanh", rng });
  const value = mlp({ sizes: [4, 32, 1], activation: "tanh", rng, name: "value" });
  const logStd = parameter(zeros([1]), "logStd");
  const weights = [...policy.parameters(), ...(parts.head === discreteHead ? [] : [logStd]), ...value.parameters()];
  const optimizer = parts.optimizer(weights);
  const { actionSpace } = env;
  const doctor = inspect({ policy, valueNetwork: value, optimizer, actionSpace, gamma: GAMMA, lambda: LAMBDA });
  const steps = stepLengths(policy.parameters());
  let { observation } = env.reset({ seed });
  const lengths: number[] = [];
  let length = 0;

  function collect(): Rollout {
    const rollout: Rollout = {
      observations: [],
      actions: [],
      logProbs: [],
      rewards: [],
      terminated: [],
      truncated: [],
      lastObservations: [],
    };
    for (let t = 0; t < STEPS; t++) {
      const outputs = noGrad(() => policy.forward(observation));
      const drawn = parts.head.sample(outputs, logStd, rng);
      const action = parts.stored(drawn);
      rollout.observations.push(observation);
      rollout.actions.push(action);
      rollout.logProbs.push(noGrad(() => parts.head.logProb(outputs, logStd, [action]).item()));
      const step = stepped(env, action);
      rollout.rewards.push(step.reward);
      rollout.terminated.push(step.terminated);
      rollout.truncated.push(step.truncated);
      const done = step.terminated || step.truncated;
      length++;
      if (done) lengths.push(length);
      if (done) length = 0;
      if (done || t === STEPS - 1) rollout.lastObservations.push(step.observation);
      observation = done ? env.reset().observation : step.observation;
    }
    return rollout;
  }

  for (let update = 0; update < updates; update++) {
    const rollout = collect();
    const { rewards, terminated, truncated } = rollout;
    const values = valuesOf(value, rollout.observations);
    const finalValues = Float64Array.from(valuesOf(value, rollout.lastObservations));
    const ends = rewards
      .map((_, t) => ({ terminated: terminated[t], truncated: truncated[t] }))
      .filter((end, t) => end.terminated || end.truncated || t === STEPS - 1);
    const advantages = parts.advantages(rollout, values, parts.after(finalValues, ends));
    optimizer.learningRate = parts.learningRate(update / updates);
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      const returns = parts.returns(advantages, values, valuesOf(value, rollout.observations));
      for (const rows of parts.minibatches(rng)) {
        const states = stacked(rows.map((t) => rollout.observations[t]));
        const outputs = policy.forward(states);
        const now = parts.newLogProbs(
          parts.head.logProb(
            outputs,
            logStd,
            rows.map((t) => rollout.actions[t]),
          ),
        );
        const oldLogProbs = parts.oldLogProbs(tensor(rows.map((t) => rollout.logProbs[t])), now);
        const A = parts.normalise(Float64Array.from(rows, (t) => advantages[t]));
        const entropy = parts.entropy(outputs, logStd) ?? parts.head.entropy(outputs, logStd);
        const gain = parts.gain({ pi: { logProbs: now, entropy }, oldLogProbs, advantages: A });
        const targets = tensor(rows.map((t) => returns[t]));
        const error = value.forward(states).reshape([rows.length]).sub(targets).square().mean();
        const loss = error.mul(0.5).sub(gain).sub(entropy.mean().mul(0.01));
        const whole = rows.length === STEPS;
        const shown: LoopUpdate = {
          loss,
          entropy,
          logProbs: now,
          oldLogProbs,
          advantages: A,
          actions: rows.map((t) => rollout.actions[t]),
          rewards,
          terminated,
          truncated,
          returns,
          ...(whole ? { values, finalValues } : {}),
        };
        if (doctored) doctor.update(shown);
        if (until && doctor.findings().some(({ code }) => until.includes(code))) return result();
        optimizer.zeroGrad();
        loss.backward();
        clipGradNorm(weights, 0.5);
        optimizer.step();
        if (steps.lengths.length < 100) steps.measure();
      }
    }
  }
  return result();

  function result(): Loop {
    return { findings: doctor.findings(), weights: weights.map((one) => one.toArray()), lengths, steps: steps.lengths };
  }
}

function stepped(env: Env<Float32Array, number> | Env<Float32Array, Float32Array>, action: number) {
  return isContinuous(env) ? env.step(Float32Array.of(Math.min(1, Math.max(-1, action)))) : env.step(action);
}

function isContinuous(
  env: Env<Float32Array, number> | Env<Float32Array, Float32Array>,
): env is Env<Float32Array, Float32Array> {
  return env.actionSpace.kind === "box";
}
