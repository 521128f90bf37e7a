/** Advantages by GAE on CartPole: λ chooses between what the critic expects and what the rewards say. */
import { categorical } from "ascent/distributions";
import { type Env, make } from "ascent/envs";
import { type Mlp, mlp } from "ascent/nn";
import { adam, clipGradNorm, type Optimizer } from "ascent/optim";
import { defaultRng, type Generator } from "ascent/random";
import { stack, type Tensor, tensor } from "ascent/tensor";

/** Steps in the order in which they were taken, of several episodes one after the other: lists of the same length. */
export interface Steps {
  /** What was seen before each step. */
  readonly observations: readonly Float32Array[];
  /** What was seen after it. */
  readonly nextObservations: readonly Float32Array[];
  readonly actions: readonly number[];
  readonly rewards: readonly number[];
  /** Whether the world ended the episode with this step: nothing is to come. */
  readonly terminated: readonly boolean[];
  /** Whether a time limit cut it off: more would have followed. */
  readonly truncated: readonly boolean[];
}

/** The networks, each with its optimiser. The policy puts out logits, the critic one number, V(s). */
export interface Learner {
  readonly policy: Mlp;
  readonly critic: Mlp;
  readonly policyOptimizer: Optimizer;
  readonly criticOptimizer: Optimizer;
}

/** δₜ = rₜ + γ V(sₜ₊₁) - V(sₜ), without V(sₜ₊₁) where step t led to a terminal state. */
export function deltas(
  steps: Steps,
  values: readonly number[],
  nextValues: readonly number[],
  gamma: number,
): number[] {
  const { rewards, terminated } = steps;
  return rewards.map((reward, t) => reward + (terminated[t] ? 0 : gamma * nextValues[t]) - values[t]);
}

/** Aₜ = δₜ + γλ Aₜ₊₁ within an episode. At its last step, and at the last of all, Aₜ = δₜ. */
export function gae(steps: Steps, deltas: readonly number[], gamma: number, lambda: number): number[] {
  const { terminated, truncated } = steps;
  const advantages = new Array<number>(deltas.length);
  let following = 0;
  for (let t = deltas.length - 1; t >= 0; t--) {
    const ends = terminated[t] || truncated[t];
    following = deltas[t] + (ends ? 0 : gamma * lambda * following);
    advantages[t] = following;
  }
  return advantages;
}

/** What V(sₜ) is drawn towards: the return that advantage and critic together estimate, Aₜ + V(sₜ). */
export function valueTargets(advantages: readonly number[], values: readonly number[]): number[] {
  return advantages.map((advantage, t) => advantage + values[t]);
}

/**
 * One step of both optimisers. The policy's loss is -mean(Aₜ log π(aₜ | sₜ)) with normalised advantages, the critic's the mean
 * of (V(sₜ) - targetₜ)². A gradient of the policy longer than 0.5 is scaled down to 0.5, and one of the critic too, each by
 * itself.
 */
export function update(learner: Learner, steps: Steps, gamma: number, lambda: number): void {
  const { policy, critic, policyOptimizer, criticOptimizer } = learner;
  const expected = values(critic, steps.observations);
  const before = [...expected.toArray()];
  const after = [...values(critic, steps.nextObservations).toArray()];
  const advantages = gae(steps, deltas(steps, before, after, gamma), gamma, lambda);
  const policyLoss = logProbs(policy, steps)
    .mul(tensor(normalise(advantages)))
    .mean()
    .neg();
  const criticLoss = expected
    .sub(tensor(valueTargets(advantages, before)))
    .square()
    .mean();
  policyOptimizer.zeroGrad();
  criticOptimizer.zeroGrad();
  policyLoss.add(criticLoss).backward();
  clipGradNorm(policy.parameters(), 0.5);
  clipGradNorm(critic.parameters(), 0.5);
  policyOptimizer.step();
  criticOptimizer.step();
}

/** Numbers minus their mean and divided by their deviation, √(Σ (A - mean)² / n). */
export function normalise(numbers: readonly number[]): number[] {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const deviation = Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length);
  return numbers.map((value) => (value - mean) / (deviation + 1e-8));
}

/** V(s) of every observation: a tensor [T] through which gradients flow to the critic. */
export function values(critic: Mlp, observations: readonly Float32Array[]): Tensor {
  const inputs = stack(observations.map((observation) => tensor(observation)));
  return critic.forward(inputs).reshape([observations.length]);
}

/** log π(aₜ | sₜ) of every step: a tensor [T] through which gradients flow to the policy. */
export function logProbs(policy: Mlp, { observations, actions }: Steps): Tensor {
  const inputs = stack(observations.map((observation) => tensor(observation)));
  return categorical(policy.forward(inputs)).logProb(actions);
}

/** Takes steps, from one episode into the next. Returns them, and adds the returns of the episodes that ended to `scores`. */
export function collector(
  policy: Mlp,
  env: Env<Float32Array, number>,
  rng: Generator,
  scores: number[],
): (count: number) => Steps {
  let { observation } = env.reset();
  let score = 0;
  return (count) => {
    const observations: Float32Array[] = [];
    const nextObservations: Float32Array[] = [];
    const actions: number[] = [];
    const rewards: number[] = [];
    const terminated: boolean[] = [];
    const truncated: boolean[] = [];
    for (let t = 0; t < count; t++) {
      const action = categorical(policy.forward(observation)).sample(rng);
      const step = env.step(action);
      observations.push(observation);
      nextObservations.push(step.observation);
      actions.push(action);
      rewards.push(step.reward);
      terminated.push(step.terminated);
      truncated.push(step.truncated);
      score += step.reward;
      observation = step.observation;
      if (step.terminated || step.truncated) {
        scores.push(score);
        score = 0;
        observation = env.reset().observation;
      }
    }
    return { observations, nextObservations, actions, rewards, terminated, truncated };
  };
}

/** Learns CartPole-v1. Returns what each episode paid: 1 for each step with the pole upright, at most 500. */
export function train({ seed, episodes }: { seed: number; episodes: number }): number[] {
  const rng = defaultRng(seed);
  const policy = mlp({ sizes: [4, 64, 2], activation: "tanh", rng });
  const critic = mlp({ sizes: [4, 64, 1], activation: "tanh", rng });
  const policyOptimizer = adam(policy.parameters(), { learningRate: 3e-3 });
  const criticOptimizer = adam(critic.parameters(), { learningRate: 1e-2 });
  const learner = { policy, critic, policyOptimizer, criticOptimizer };
  const env = make("CartPole-v1");
  env.reset({ seed });
  const scores: number[] = [];
  const collect = collector(policy, env, rng, scores);
  while (scores.length < episodes) update(learner, collect(256), 0.99, 0.95);
  return scores.slice(0, episodes);
}
