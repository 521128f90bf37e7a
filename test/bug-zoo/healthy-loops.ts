/** Loops by hand that are right, in the usual variants: the doctor must find nothing in them. */
import { make } from "ascent/envs";
import { adam, rmsprop, sgd } from "ascent/optim";
import { tensor } from "ascent/tensor";
import { onlineByHand } from "./online-by-hand.js";
import { continuousCartPole, GAMMA, gaussianHead, type Loop, ppoByHand, RIGHT, squashedHead } from "./ppo-by-hand.js";
import { reinforceByHand } from "./reinforce-by-hand.js";

/** A variant. */
export interface HealthyLoop {
  readonly title: string;
  /** Whether three updates of it run in the tests. */
  readonly quick?: boolean;
  run(how: { updates?: number; seed?: number }): Loop;
}

const STEPS = 256;
const WHOLE = { minibatches: () => [Array.from({ length: STEPS }, (_, t) => t)] };
const SHORT = { makeEnv: () => make("CartPole-v1", { maxEpisodeSteps: 30 }) };

type PpoParts = NonNullable<Parameters<typeof ppoByHand>[0]>;
type ReinforceParts = NonNullable<Parameters<typeof reinforceByHand>[0]>;

const ppo = (title: string, parts: PpoParts, quick = false): HealthyLoop => ({
  title: `PPO, ${title}`,
  quick,
  run: (how) => ppoByHand(parts, how),
});
const reinforce = (title: string, parts: ReinforceParts, quick = false): HealthyLoop => ({
  title: `REINFORCE, ${title}`,
  quick,
  run: (how) => reinforceByHand(parts, how),
});
const at = (learningRate: number): PpoParts => ({
  optimizer: (parameters) => adam(parameters, { learningRate, eps: 1e-5 }),
  learningRate: () => learningRate,
});

export const HEALTHY: readonly HealthyLoop[] = [
  ppo("minibatches", {}, true),
  ppo("the batch as one minibatch", WHOLE, true),
  ppo("episodes cut at 30 steps", { ...WHOLE, ...SHORT }, true),
  ppo("normal actions", { head: gaussianHead, makeEnv: continuousCartPole }, true),
  ppo("squashed actions", { head: squashedHead, makeEnv: continuousCartPole }),
  ppo("advantages as they are", { ...WHOLE, normalise: (advantages) => advantages }),
  ppo("a last, shorter minibatch", {
    minibatches(rng) {
      const order = Array.from(rng.permutation(STEPS));
      return [0, 100, 200].map((start) => order.slice(start, start + 100));
    },
  }),
  ppo("entropy estimated by -log π", { gain: (rows) => RIGHT.gain(rows).sub(rows.pi.logProbs.mean().mul(0.01)) }),
  ppo("a KL term in place of clipping", {
    gain({ pi: { logProbs }, oldLogProbs, advantages }) {
      const logRatio = logProbs.sub(oldLogProbs);
      const kl = logRatio.exp().sub(1).sub(logRatio).mean();
      return logRatio.exp().mul(tensor(advantages)).mean().sub(kl.mul(3));
    },
  }),
  ppo("a learning rate of 0.0003", at(3e-4)),
  ppo("a learning rate of 0.003", at(3e-3)),
  ppo("a learning rate that falls to 0", { learningRate: (progress) => 1e-3 * (1 - progress) }),
  ppo("RMSProp", { optimizer: (parameters) => rmsprop(parameters, { learningRate: 7e-4, eps: 1e-5 }) }),
  ppo("plain gradient descent", {
    optimizer: (parameters) => sgd(parameters, { learningRate: 0.05 }),
    learningRate: () => 0.05,
  }),
  reinforce("returns normalised over four episodes", {}, true),
  reinforce(
    "minus a learned value",
    {
      advantages: (returns, values) => tensor(returns.flat()).sub(values.detach()).mul(0.1),
    },
    true,
  ),
  reinforce("minus the mean", {
    advantages(returns) {
      const all = returns.flat();
      const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
      return tensor(all.map((value) => value - mean));
    },
  }),
  reinforce("whole-episode returns minus their mean", {
    advantages(returns) {
      const all = returns.flatMap((own) => own.map(() => own[0]));
      const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
      return tensor(all.map((value) => value - mean));
    },
  }),
  reinforce("γᵗ before returns to go", {
    advantages: (returns) => tensor(returns.flatMap((own) => own.map((value, t) => 0.1 * GAMMA ** t * value))),
  }),
  { title: "actor-critic, a step of the weights each step", quick: true, run: (how) => onlineByHand({}, how) },
  { title: "actor-critic, policy and value in one network", run: (how) => onlineByHand({ shared: true }, how) },
];
