/**
 * A custom algorithm: REINFORCE that only uses the order of episodes. The advantage of an episode is the rank of its
 * return among those of the update, from -1 for the worst to 1 for the best, so that no scale of rewards matters.
 *
 *   ∇J(θ) ≈ 1/T Σᵢ Aᵢ Σₜ ∇ log π(aₜ|sₜ)      Aᵢ = 2·rankᵢ/(N - 1) - 1
 */
import { evaluate, make, train } from "ascent";
import { defineAlgorithm, int, real, registerAlgorithm, sizes } from "ascent/algorithms";
import { adam, clipGradNorm } from "ascent/optim";
import { mlpPolicy } from "ascent/policies";
import { tensor } from "ascent/tensor";

const ranked = defineAlgorithm({
  name: "ranked",
  summary: "REINFORCE whose advantages are the ranks of episodes",
  options: {
    episodesPerUpdate: int(10, { min: 2, help: "whole episodes that are compared in an update" }),
    learningRate: real(0.01, { min: 0, help: "Adam's step size" }),
    hidden: sizes([32], { help: "hidden layers of the policy" }),
  },
  presets: { default: { summary: "for CartPole", options: {}, episodes: 600, stopWhenSolved: true } },
  collect: ({ episodesPerUpdate }) => ({ episodes: episodesPerUpdate }),

  create({ observationSpace, actionSpace, options: { hidden, learningRate }, rng }) {
    const policy = mlpPolicy({ observationSpace, actionSpace, hidden, activation: "tanh", rng });
    const weights = policy.parameters();
    const optimizer = adam(weights, { learningRate });
    return {
      policy,
      weights,
      optimizers: [optimizer],
      update(batch) {
        const { rewards, segments } = batch;
        const returns = segments.map(({ start, end }) => rewards.subarray(start, end).reduce((a, b) => a + b, 0));
        const advantages = new Float64Array(batch.size);
        segments.forEach(({ start, end }, i) => {
          // Episodes of the same return share the middle of their ranks.
          const worse = returns.filter((other) => other < returns[i]).length;
          const equal = returns.filter((other) => other === returns[i]).length;
          const rank = worse + (equal - 1) / 2;
          advantages.fill((2 * rank) / (returns.length - 1) - 1, start, end);
        });
        optimizer.zeroGrad();
        const pi = policy.distribution(batch);
        const entropy = pi.entropy().mean().item(); // before backward(), which frees what it has used
        const loss = pi.logProb(batch.actions).mul(tensor(advantages)).mean().neg();
        loss.backward();
        const gradientNorm = clipGradNorm(weights, 1);
        optimizer.step();
        return { loss: loss.item(), entropy, gradientNorm, learningRate };
      },
    };
  },
});

registerAlgorithm(ranked); // from here on resume, lists and the command line know it by its name

const run = train({ algorithm: ranked, env: "CartPole-v1", seed: 0, options: { learningRate: 0.02 } });
for (const { update, averageReturn } of run) {
  if (update % 10 === 0)
    console.log(`update ${update}: the last 100 episodes average ${averageReturn.toFixed(0)} steps`);
}
const { mean } = evaluate(run.policy, make("CartPole-v1"), { episodes: 20, deterministic: true });
console.log(`after ${run.result().episodes} episodes the pole stays up for ${mean.toFixed(0)} steps`);
