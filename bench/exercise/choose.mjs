// How the one-step actor-critic's settings were chosen: its solution learns CartPole-v1 with each candidate, on seeds that
// the report in results.json does not use. node bench/exercise/choose.mjs [last seed, from 1000 on] [policy's rate] [critic's]
import { register } from "node:module";
import { make } from "../../dist/envs/index.js";
import { mlp } from "../../dist/nn/index.js";
import { adam } from "../../dist/optim/index.js";
import { defaultRng } from "../../dist/random/index.js";

register("../../dist/node/exercise/ascent-here.js", import.meta.url);
const { playEpisode, update } = await import("../../exercises/actor-critic/javascript/solution.js");
const [last = 1004, ...rates] = process.argv.slice(2).map(Number);
const [policyRates, criticRates] =
  rates.length === 2
    ? rates.map((rate) => [rate])
    : [
        [1e-3, 2e-3],
        [5e-3, 1e-2, 2e-2],
      ];

for (const policyRate of policyRates)
  for (const criticRate of criticRates)
    for (const gamma of [0.95, 0.98]) {
      const means = [];
      for (let seed = 1000; seed <= last; seed++) means.push(lastMean({ seed, policyRate, criticRate, gamma }));
      means.sort((a, b) => a - b);
      const told = means.map((mean) => mean.toFixed(0)).join(" ");
      console.log(`policy ${policyRate}, critic ${criticRate}, γ ${gamma}: last 100 of 600 episodes, sorted: ${told}`);
    }

/** The mean over the last 100 of 600 episodes. */
function lastMean({ seed, policyRate, criticRate, gamma }) {
  const rng = defaultRng(seed);
  const policy = mlp({ sizes: [4, 64, 2], activation: "tanh", rng });
  const critic = mlp({ sizes: [4, 64, 1], activation: "tanh", rng });
  const policyOptimizer = adam(policy.parameters(), { learningRate: policyRate });
  const criticOptimizer = adam(critic.parameters(), { learningRate: criticRate });
  const env = make("CartPole-v1");
  env.reset({ seed });
  const scores = Array.from({ length: 600 }, () => {
    const steps = playEpisode(policy, env, rng);
    update({ policy, critic, policyOptimizer, criticOptimizer }, steps, gamma);
    return steps.rewards.length;
  });
  return scores.slice(-100).reduce((sum, score) => sum + score, 0) / 100;
}
