/** Chapter 9: the clipped ratio. */

import { categorical } from "../../distributions/index.js";
import { clippedSurrogate, parameter, tensor } from "../../tensor/index.js";
import { train } from "../../training/train.js";
import type { Claim, Evidence } from "../claim.js";

export function minIsTheObjective(surrogate = clippedSurrogate): Evidence {
  const gainAt = (ratio: number, advantage: number): number =>
    surrogate(tensor([ratio]).log(), tensor([0]), tensor([advantage]), 0.2).gain.item();
  const gains = [gainAt(1.5, 1), gainAt(0.5, -1), gainAt(1.5, -1)];
  const right = [1.2, -0.8, -1.5];
  const logProbs = parameter(tensor([-0.5, -1]));
  surrogate(logProbs, tensor([-0.5, -1]), tensor([3, -2]), 0.2).gain.backward();
  const slopes = [...logProbs.grad!.toArray()];
  const options = { envs: 1, rolloutSteps: 64, epochs: 1, minibatchSize: 64 };
  const [first] = train({ algorithm: "ppo", env: "TwoStep-v0", seed: 0, steps: 64, options });
  const { klK3, clipFraction } = first.diagnostics;
  return {
    passes:
      gains.every((gain, i) => Math.abs(gain - right[i]) < 1e-6) &&
      slopes[0] === 1.5 &&
      slopes[1] === -1 &&
      klK3 === 0 &&
      clipFraction === 0,
    measured: `gains ${gains.map((gain) => gain.toFixed(1)).join(", ")} to be maximised; first step: slope A/m, KL ${klK3}, clipped ${clipFraction}`,
  };
}

/** KL(old ‖ new) after one step of gradient ascent on the clipped surrogate, for two equally likely actions. */
function divergenceAfterOneStep(learningRate: number): number {
  const logits = parameter(tensor([0, 0]));
  const rows = categorical(logits).logProbs;
  clippedSurrogate(rows, tensor([0.5, 0.5]).log(), tensor([1, -1]), 0.2).gain.backward();
  const moved = tensor(logits.grad!.toArray().map((slope) => learningRate * slope));
  return categorical(tensor([0, 0]))
    .kl(categorical(moved))
    .item();
}

export function clippingIsNoTrustRegion(divergence = divergenceAfterOneStep): Evidence {
  const rates = [0.1, 1, 10];
  const found = rates.map(divergence);
  // At the edges of the clip range, π = 0.6 and 0.4: no divergence beyond this one is wanted.
  const wanted = 0.0204;
  return {
    passes: found[0] < wanted && found[2] > 50 * wanted,
    measured: `one step with α = ${rates.join(", ")}: KL ${found.map((kl) => kl.toFixed(3)).join(", ")} nats; at the edge of the clip range ${wanted}`,
  };
}

export const ppoClaims: readonly Claim[] = [
  {
    number: 30,
    chapter: 9,
    says: "PPO: loss = min(ratio·A, clip(ratio)·A).",
    verdict: "holds if",
    because: "a minus is put before it: that is the objective. At the first step every ratio is 1",
    check: minIsTheObjective,
  },
  {
    number: 31,
    chapter: 9,
    says: "Updates are stable, which is why PPO is the state of the art.",
    verdict: "holds if",
    because:
      "the learning rate is small: clipping stops gradients, not steps. Much depends on details of the code (arXiv:2005.12729)",
    check: clippingIsNoTrustRegion,
  },
];
