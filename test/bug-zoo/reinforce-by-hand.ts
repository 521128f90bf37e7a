/** REINFORCE written by hand, in parts that the zoo swaps, with the doctor beside it. */
import { categorical } from "ascent/distributions";
import { inspect } from "ascent/doctor";
import { type Env, make } from "ascent/envs";
import { mlp } from "ascent/nn";
import { adam, clipGradNorm } from "ascent/optim";
import { defaultRng } from "ascent/random";
import { stack, type Tensor, tensor } from "ascent/tensor";
import { GAMMA, type How, type Loop, standardised } from "./ppo-by-hand.js";
import { stepLengths } from "./step-lengths.js";

const EPISODES_PER_UPDATE = 4;

interface Episode {
  readonly observations: Float32Array[];
  readonly logProbs: Tensor[];
  readonly rewards: number[];
  readonly truncated: boolean;
}

/** The parts of the loop. */
export interface Parts {
  makeEnv(): Env<Float32Array, number>;
  /** Gₜ = rₜ + γ Gₜ₊₁ */
  returns(rewards: readonly number[]): number[];
  /** From the returns of each episode and V of their steps. */
  advantages(returns: readonly (readonly number[])[], values: Tensor): Tensor;
  loss(logProbs: Tensor, advantages: Tensor): Tensor;
}

/** Every part as it should be. */
const RIGHT: Parts = {
  makeEnv: () => make("CartPole-v1"),
  returns(rewards) {
    const returns: number[] = [];
    for (let t = rewards.length - 1, following = 0; t >= 0; t--) {
      following = rewards[t] + GAMMA * following;
      returns.unshift(following);
    }
    return returns;
  },
  advantages: (returns) => tensor(standardised(Float64Array.from(returns.flat()))),
  loss: (logProbs, advantages) => logProbs.mul(advantages).mean().neg(),
};

/** Runs the loop with other parts, until the doctor says something of this code. */
export function reinforceByHand(
  changed: Partial<Parts> = {},
  { updates = 30, seed = 0, until, doctored = true }: How = {},
): Loop {
  const parts = { ...RIGHT, ...changed };
  const rng = defaultRng(seed);
  const env = parts.makeEnv();
  const policy = mlp({ sizes: [4, 32, 2], activation: "tanh", rng });
  const value = mlp({ sizes: [4, 32, 1], activation: "tanh", rng, name: "value" });
  const optimizer = adam(policy.parameters(), { learningRate: 1e-2 });
  const valueOptimizer = adam(value.parameters(), { learningRate: 1e-2 });
  const doctor = inspect({ policy, valueNetwork: value, optimizer: [optimizer, valueOptimizer], gamma: GAMMA });
  const steps = stepLengths(policy.parameters());
  const lengths: number[] = [];

  function play(begin: number | undefined): Episode {
    const episode = { observations: [] as Float32Array[], logProbs: [] as Tensor[], rewards: [] as number[] };
    let { observation } = env.reset({ seed: begin });
    for (;;) {
      const pi = categorical(policy.forward(observation));
      const action = pi.sample(rng);
      const step = env.step(action);
      episode.observations.push(observation);
      episode.logProbs.push(pi.logProb(action));
      episode.rewards.push(step.reward);
      observation = step.observation;
      if (step.terminated || step.truncated) {
        lengths.push(episode.rewards.length);
        return { ...episode, truncated: step.truncated };
      }
    }
  }

  for (let update = 0; update < updates; update++) {
    const episodes = Array.from({ length: EPISODES_PER_UPDATE }, (_, i) => play(update + i === 0 ? seed : undefined));
    const returns = episodes.map(({ rewards }) => parts.returns(rewards));
    const rows = episodes.flatMap(({ observations }) => observations);
    const states = tensor(Float32Array.from(rows.flatMap((row) => [...row])), [rows.length, 4]);
    const values = value.forward(states).reshape([rows.length]);
    const advantages = parts.advantages(returns, values);
    const logProbs = stack(episodes.flatMap((episode) => episode.logProbs));
    const loss = parts.loss(logProbs, advantages);
    const last = episodes.flatMap(({ rewards, truncated }) =>
      rewards.map((_, t) => ({ over: t === rewards.length - 1, truncated })),
    );
    if (doctored)
      doctor.update({
        loss,
        logProbs,
        advantages,
        values,
        rewards: episodes.flatMap(({ rewards }) => rewards),
        terminated: last.map(({ over, truncated }) => over && !truncated),
        truncated: last.map(({ over, truncated }) => over && truncated),
      });
    if (until && doctor.findings().some(({ code }) => until.includes(code))) break;
    optimizer.zeroGrad();
    loss.backward();
    clipGradNorm(policy.parameters(), 1);
    optimizer.step();
    if (steps.lengths.length < 100) steps.measure();
    const targets = tensor(returns.flat());
    valueOptimizer.zeroGrad();
    value.forward(states).reshape([rows.length]).sub(targets).square().mean().backward();
    valueOptimizer.step();
  }
  const weights = [...policy.parameters(), ...value.parameters()].map((one) => one.toArray());
  return { findings: doctor.findings(), weights, lengths, steps: steps.lengths };
}
