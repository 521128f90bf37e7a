/**
 * Independent binary choices, on (1) or off (0), from logits l = ln p/(1-p), [d] or [m, d].
 *
 *   log π(a) = -Σ softplus(-l) where a is 1, softplus(l) where it is 0
 *   H = Σ p·softplus(-l) + (1-p)·softplus(l)  (nats),   p = exp(-softplus(-l))
 *
 * No probability is rounded to 1 before its logarithm is taken, so a nearly certain choice keeps its digits.
 */

import { f32, i32 } from "../kernels/memory.js";
import type { Generator } from "../random/generator.js";
import { indices, Tensor, TensorError } from "../tensor/index.js";
import { at as address } from "../tensor/tensor.js";
import { maskedSwitchLogits } from "./mask.js";
import { requireNumbers } from "./rows.js";

/** Independent binary choices, in one state or in each of m. */
export interface Bernoulli {
  /** l = ln p/(1-p), which is finite. */
  readonly logits: Tensor;
  /**
   * 1 or 0 for each logit, in row-major order: d or m·d numbers. Each takes one draw from the generator.
   *
   * @throws TensorError if a logit is NaN
   */
  sample(rng: Generator): Int32Array;
  /** The more likely value of each: 1 if its logit is above 0. */
  mode(): Int32Array;
  /** log π(actions), for zeros and ones [d] or [m, d]: [] or [m]. @throws TensorError for other values or shapes */
  logProb(actions: Tensor | Int32Array): Tensor;
  /** In nats: [] or [m]. */
  entropy(): Tensor;
  /** KL(this ‖ other) = Σ p ln p/p' + (1-p) ln (1-p)/(1-p'), in nats: [] or [m]. */
  kl(other: Bernoulli): Tensor;
}

/**
 * Independent binary choices that are on with probability 1/(1 + e⁻ˡ), for logits l [d] or [m, d]. A mask [2d] or [m, 2d]
 * has two entries per choice, 0 where it must not be off and where it must not be on: what is left is certain, gets no
 * gradient, and adds nothing to the entropy.
 *
 * @throws TensorError if the mask has another shape, or allows a choice neither
 */
export function bernoulli(given: Tensor, mask?: Tensor): Bernoulli {
  const logits = mask === undefined ? given : maskedSwitchLogits(given, mask);
  return {
    logits,
    sample(rng) {
      requireNumbers("logit", logits);
      return Int32Array.from(logits.neg().exp().toArray(), (odds) => (rng.random() * (1 + odds) < 1 ? 1 : 0));
    },
    mode() {
      requireNumbers("logit", logits);
      return Int32Array.from(logits.toArray(), (logit) => (logit > 0 ? 1 : 0));
    },
    logProb: (actions) => logits.mul(signs(actions, logits)).softplus().sum(-1).neg(),
    entropy() {
      const { on, off } = surprises(logits);
      return on.neg().exp().mul(on).add(off.neg().exp().mul(off)).sum(-1);
    },
    kl(other) {
      const { on, off } = surprises(logits);
      const there = surprises(other.logits);
      const gain = on.neg().exp().mul(there.on.sub(on));
      return gain.add(off.neg().exp().mul(there.off.sub(off))).sum(-1);
    },
  };
}

/** -ln p and -ln(1-p) */
function surprises(logits: Tensor): { on: Tensor; off: Tensor } {
  return { on: logits.neg().softplus(), off: logits.softplus() };
}

/** -1 where the action is 1, and 1 where it is 0. */
function signs(actions: Tensor | Int32Array, { shape, size }: Tensor): Tensor {
  const given = actions instanceof Int32Array ? indices(actions, shape) : actions;
  if (given.dtype !== "int32" || given.shape.join() !== shape.join()) {
    throw new TensorError(
      `bernoulli.logProb: needs int32 actions [${shape.join(", ")}], got ${given.dtype} [${given.shape.join(", ")}]`,
    );
  }
  const y = new Tensor(shape);
  const from = address(given) >>> 2;
  const to = address(y) >>> 2;
  for (let i = 0; i < size; i++) {
    const action = i32[from + i];
    if (action !== 0 && action !== 1)
      throw new TensorError(`bernoulli.logProb: action ${action} at element ${i} is neither 0 nor 1`);
    f32[to + i] = 1 - 2 * action;
  }
  return y;
}
