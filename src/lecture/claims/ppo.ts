/** Chapter 9: the clipped ratio. */

import { categorical } from "../../distributions/index.js";
import { clippedSurrogate, parameter, tensor } from "../../tensor/index.js";
import { train } from "../../training/train.js";
import type { Claim, Evidence } from "../claim.js";
import { shortly } from "../differences.js";

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

/** How logits are moved by a gradient, with a learning rate. */
type Move = (slope: Float32Array, learningRate: number) => Float32Array;

/** Gradient ascent from equal logits. */
const plainStep: Move = (slope, learningRate) => slope.map((value) => learningRate * value);

/** The gradient of the clipped surrogate in the logits of two actions with advantages of 1 and -1, equally likely before. */
function slopeAt(logits: Float32Array, surrogate: typeof clippedSurrogate): Float32Array {
  const moved = parameter(tensor(logits));
  const rows = categorical(moved).logProbs;
  surrogate(rows, tensor([0.5, 0.5]).log(), tensor([1, -1]), 0.2).gain.backward();
  return Float32Array.from(moved.grad!.toArray());
}

export function clippingIsNoTrustRegion(move: Move = plainStep, surrogate = clippedSurrogate): Evidence {
  const equal = new Float32Array(2);
  const after = (learningRate: number): Float32Array => move(slopeAt(equal, surrogate), learningRate);
  const divergence = (logits: Float32Array): number =>
    categorical(tensor(equal))
      .kl(categorical(tensor(logits)))
      .item();
  const rates = [0.1, 1, 10];
  const found = rates.map((rate) => divergence(after(rate)));
  // At the edges of the clip range, π = 0.6 and 0.4: no divergence beyond this one is wanted.
  const wanted = 0.0204;
  const next = slopeAt(after(10), surrogate).reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
  return {
    passes: found[0] < wanted && found[2] > 50 * wanted && next === 0,
    measured: `one step with α = ${rates.join(", ")}: KL ${found.map((kl) => kl.toFixed(3)).join(", ")} nats; at the edge of the clip range ${wanted}; slope beyond it ${shortly(next)}`,
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
