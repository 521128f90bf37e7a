/** One-step actor-critic on CartPole: each step is judged at once, by what the critic expects before and after it. */
import { categorical } from "ascent/distributions";
import { type Env, make } from "ascent/envs";
import { type Mlp, mlp } from "ascent/nn";
import { adam, clipGradNorm, type Optimizer } from "ascent/optim";
import { defaultRng, type Generator } from "ascent/random";
import { stack, type Tensor, tensor } from "ascent/tensor";

/** Steps in the order in which they were taken: lists of the same length. */
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

/**
 * rₜ + γ V(sₜ₊₁), or rₜ where the step led to a terminal state. `nextValues` are V(sₜ₊₁), a tensor [T] with a gradient. The
 * result is a tensor [T] without one: the critic is drawn towards its target, not the target towards the critic.
 */
export function targets(steps: Steps, nextValues: Tensor, gamma: number): Tensor {
  const { rewards, terminated } = steps;
  const goesOn = tensor(terminated.map((end) => (end ? 0 : 1)));
  return nextValues.detach().mul(goesOn).mul(gamma).add(tensor(rewards));
}

/** -Σₜ Aₜ log π(aₜ | sₜ), with Aₜ = targetₜ - V(sₜ): a tensor of one number. No gradient flows to V. */
export function policyLoss(logProbs: Tensor, targets: Tensor, values: Tensor): Tensor {
  return logProbs.mul(targets.sub(values.detach())).sum().neg();
}

/** The mean over the steps of (V(sₜ) - targetₜ)², a tensor of one number through which gradients flow to V. */
export function criticLoss(values: Tensor, targets: Tensor): Tensor {
  return values.sub(targets).square().mean();
}

/**
 * One step of both optimisers, on policy loss plus critic loss. A gradient of the policy longer than 1 is scaled down to 1,
 * and one of the critic too, each by itself.
 */
export function update(learner: Learner, steps: Steps, gamma: number): void {
  const { policy, critic, policyOptimizer, criticOptimizer } = learner;
  const aims = targets(steps, values(critic, steps.nextObservations), gamma);
  const expected = values(critic, steps.observations);
  const loss = policyLoss(logProbs(policy, steps), aims, expected).add(criticLoss(expected, aims));
  policyOptimizer.zeroGrad();
  criticOptimizer.zeroGrad();
  loss.backward();
  clipGradNorm(policy.parameters(), 1);
  clipGradNorm(critic.parameters(), 1);
  policyOptimizer.step();
  criticOptimizer.step();
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

/** Plays one episode. */
export function playEpisode(policy: Mlp, env: Env<Float32Array, number>, rng: Generator): Steps {
  const observations: Float32Array[] = [];
  const nextObservations: Float32Array[] = [];
  const actions: number[] = [];
  const rewards: number[] = [];
  const terminated: boolean[] = [];
  const truncated: boolean[] = [];
  let { observation } = env.reset();
  for (;;) {
    const action = categorical(policy.forward(observation)).sample(rng);
    const step = env.step(action);
    observations.push(observation);
    nextObservations.push(step.observation);
    actions.push(action);
    rewards.push(step.reward);
    terminated.push(step.terminated);
    truncated.push(step.truncated);
    if (step.terminated || step.truncated)
      return { observations, nextObservations, actions, rewards, terminated, truncated };
    observation = step.observation;
  }
}

/** Learns CartPole-v1. Returns what each episode paid: 1 for each step with the pole upright, at most 500. */
export function train({ seed, episodes }: { seed: number; episodes: number }): number[] {
  const rng = defaultRng(seed);
  const policy = mlp({ sizes: [4, 64, 2], activation: "tanh", rng });
  const critic = mlp({ sizes: [4, 64, 1], activation: "tanh", rng });
  // The policy is judged by the critic alone, so the critic learns twenty times as fast.
  const policyOptimizer = adam(policy.parameters(), { learningRate: 1e-3 });
  const criticOptimizer = adam(critic.parameters(), { learningRate: 2e-2 });
  const learner = { policy, critic, policyOptimizer, criticOptimizer };
  const env = make("CartPole-v1");
  env.reset({ seed });
  return Array.from({ length: episodes }, () => {
    const steps = playEpisode(policy, env, rng);
    update(learner, steps, 0.95);
    return steps.rewards.length;
  });
}
