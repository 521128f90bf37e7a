/** Evaluates a discrete policy by its most likely actions, with all episodes in parallel: one forward pass per step. */
import { makeBatch } from "../../dist/envs/index.js";
import { noGrad, tensor } from "../../dist/tensor/index.js";

/** Mean return of one episode in each of `episodes` environments. */
export function meanReturn(policy, id, { episodes, seed }) {
  const { actionSpace, network } = policy;
  if (actionSpace.kind !== "discrete" || policy.normaliser !== undefined || policy.memory !== undefined)
    throw new Error("this evaluates discrete actions of policies without a normaliser and without a memory");
  const env = makeBatch(id, episodes);
  env.reset(Array.from({ length: episodes }, (_, i) => BigInt(seed) * 1000n + BigInt(i)));
  const actions = new Int32Array(episodes);
  const returns = new Float64Array(episodes);
  const over = new Uint8Array(episodes);
  for (let left = episodes; left > 0; ) {
    const logits = noGrad(() => {
      const rows = tensor(env.observations, [episodes, env.observationSize]);
      return network.outputsOf(network.latent(rows)).toArray();
    });
    const choices = logits.length / episodes;
    for (let i = 0; i < episodes; i++) {
      let best = 0;
      for (let a = 1; a < choices; a++) if (logits[i * choices + a] > logits[i * choices + best]) best = a;
      actions[i] = best;
    }
    env.step(actions);
    for (let i = 0; i < episodes; i++) {
      if (over[i] === 1) continue;
      returns[i] += env.rewards[i];
      if (env.terminated[i] + env.truncated[i] > 0) {
        over[i] = 1;
        left--;
      }
    }
  }
  return returns.reduce((total, value) => total + value, 0) / episodes;
}
