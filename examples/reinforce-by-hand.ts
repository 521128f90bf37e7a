/**
 * REINFORCE written by hand, without `train` or `ascent/algorithms`. It resembles the usual PyTorch script, with two changes that
 * make it work: a baseline over several episodes, and gradient clipping.
 */
import { categorical } from "ascent/distributions";
import { make } from "ascent/envs";
import { mlp } from "ascent/nn";
import { adam, clipGradNorm } from "ascent/optim";
import { defaultRng } from "ascent/random";
import { stack, type Tensor, tensor } from "ascent/tensor";

const GAMMA = 0.99;
const EPISODES_PER_UPDATE = 4;

const rng = defaultRng(0);
const env = make("CartPole-v1");
const policy = mlp({ sizes: [4, 64, 2], activation: "tanh", rng });
const optimizer = adam(policy.parameters(), { learningRate: 1e-2 });

/** Plays one episode: log π of the actions, and the rewards. */
function play(seed?: number): { logProbs: Tensor[]; rewards: number[] } {
  const logProbs: Tensor[] = [];
  const rewards: number[] = [];
  let { observation } = env.reset(seed === undefined ? {} : { seed });
  for (;;) {
    const pi = categorical(policy.forward(observation));
    const action = pi.sample(rng);
    const step = env.step(action);
    logProbs.push(pi.logProb(action));
    rewards.push(step.reward);
    observation = step.observation;
    if (step.terminated || step.truncated) return { logProbs, rewards };
  }
}

/** Gₜ = rₜ + γ Gₜ₊₁ */
function returnsToGo(rewards: readonly number[]): number[] {
  const returns: number[] = [];
  for (let t = rewards.length - 1, following = 0; t >= 0; t--) {
    following = rewards[t] + GAMMA * following;
    returns.unshift(following);
  }
  return returns;
}

for (let update = 1; update <= 60; update++) {
  const episodes = Array.from({ length: EPISODES_PER_UPDATE }, (_, i) => play(update === 1 && i === 0 ? 0 : undefined));
  const returns = episodes.flatMap(({ rewards }) => returnsToGo(rewards));
  const mean = returns.reduce((total, value) => total + value) / returns.length;
  const deviation = Math.sqrt(returns.reduce((total, value) => total + (value - mean) ** 2, 0) / (returns.length - 1));
  const advantages = tensor(returns.map((value) => (value - mean) / (deviation + 1e-8)));

  const logProbs = stack(episodes.flatMap((episode) => episode.logProbs));
  const loss = logProbs.mul(advantages).mean().neg();
  optimizer.zeroGrad();
  loss.backward();
  clipGradNorm(policy.parameters(), 1);
  optimizer.step();

  const average = episodes.reduce((total, { rewards }) => total + rewards.length, 0) / episodes.length;
  if (update % 10 === 0) console.log(`update ${update}: episodes of ${average} steps`);
}
