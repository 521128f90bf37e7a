/** An actor-critic in one function, and the mistakes that can be planted in it. */

import { type Algorithm, defineAlgorithm, real } from "../src/algorithms/index.js";
import { adam, clipGradNorm } from "../src/optim/index.js";
import { type Head, mlpPolicy, type Policy, policyOf, type Rows, valueNetwork } from "../src/policies/index.js";
import type { Generator } from "../src/random/generator.js";
import { bootstrapValues, returnsToGo } from "../src/rollout/index.js";
import { flatSize } from "../src/spaces/index.js";
import { tensor, zeros } from "../src/tensor/index.js";

/** What is wrong with it. Nothing, by default. */
export interface Mistakes {
  readonly wrongSign?: boolean;
  readonly limitAsDeath?: boolean;
  readonly noDiscount?: boolean;
  /** In the loss, or by the head while it acts. */
  readonly masksIgnored?: boolean;
  readonly masksInHeadIgnored?: boolean;
  readonly observationIgnored?: boolean;
  readonly valuesNotLearned?: boolean;
  readonly constantPolicy?: boolean;
  readonly noValues?: boolean;
}

/** The policy with a head that draws as if nothing were forbidden. */
function withBlindHead(policy: Policy, rng: Generator): Policy {
  const { head } = policy;
  const draw: Head["draw"] = (row, rng) => head.draw({ ...row, mask: 0 }, rng);
  return policyOf({ ...policy, head: { ...head, draw }, rng });
}

export function planted(mistakes: Mistakes = {}): Algorithm {
  return defineAlgorithm({
    name: "planted",
    summary: "actor-critic with Monte-Carlo returns",
    options: { gamma: real(0.99, { min: 0, max: 1, help: "discount per step" }) },
    presets: { default: { summary: "all there is", options: {}, steps: 1000, stopWhenSolved: false } },
    collect: () => ({ steps: 16, envs: 8 }),
    create({ observationSpace, actionSpace, options, rng }) {
      const layers = { hidden: [16], activation: "tanh", rng } as const;
      const sound = mlpPolicy({ observationSpace, actionSpace, ...layers });
      const policy = mistakes.masksInHeadIgnored ? withBlindHead(sound, rng) : sound;
      const value = valueNetwork({ observationSpace, inputs: flatSize(observationSpace), ...layers });
      const optimizer = adam(policy.parameters(), { learningRate: mistakes.constantPolicy ? 0 : 0.02 });
      const valueOptimizer = adam(value.parameters(), { learningRate: mistakes.valuesNotLearned ? 0 : 0.02 });
      const seen = ({ features }: Rows) => (mistakes.observationIgnored ? zeros(features.shape) : features);
      return {
        policy,
        weights: [...policy.parameters(), ...value.parameters()],
        optimizers: [optimizer, valueOptimizer],
        valuesOf: mistakes.noValues ? undefined : (rows) => value.valuesOf(seen(rows)),
        update(batch) {
          const { rewards, masks, actions, finalFeatures } = batch;
          const features = seen(batch);
          const segments = mistakes.limitAsDeath
            ? batch.segments.map((one) => ({ ...one, terminated: one.terminated || one.truncated }))
            : batch.segments;
          const gamma = mistakes.noDiscount ? 1 : options.gamma;
          const following = bootstrapValues(segments, value.valuesOf(finalFeatures));
          const returns = returnsToGo(rewards, segments, gamma, following);
          const V = value.valuesOf(features);
          const advantages = tensor(returns.map((G, t) => G - V[t]));
          optimizer.zeroGrad();
          const pi = policy.distribution(mistakes.masksIgnored ? { features } : { features, masks });
          const entropy = pi.entropy().mean().item();
          const gain = pi.logProb(actions).mul(advantages).mean();
          const loss = mistakes.wrongSign ? gain : gain.neg();
          loss.backward();
          const gradientNorm = clipGradNorm(policy.parameters(), 1);
          optimizer.step();
          for (let step = 0; step < 5; step++) {
            valueOptimizer.zeroGrad();
            value.forward(features).sub(tensor(returns)).square().mean().backward();
            valueOptimizer.step();
          }
          return { loss: loss.item(), entropy, gradientNorm, learningRate: optimizer.learningRate };
        },
      };
    },
  });
}
