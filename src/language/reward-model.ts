/**
 * A model that says how good a response is: the states of a GPT, read by a linear head at the last token.
 *
 *   r(y) = (state after y_T · w + b) · gain + offset
 *
 * Preferences leave the offset of r free, and its scale as well where they are noisy. `normaliseOn` sets gain and offset so that
 * responses of the reference have mean 0 and deviation 1 (Ziegler et al. 2019, arXiv:1909.08593): β then has the same meaning for
 * every reward model.
 */

import { ConfigError } from "../errors.js";
import type { Generator } from "../random/index.js";
import { full, network, noGrad, parameter, reshape, type Tensor, tensor, zeros } from "../tensor/index.js";
import type { Gpt } from "./gpt/gpt.js";
import type { Sequence, TokenRows } from "./sequences.js";
import { tokenRows } from "./sequences.js";

/** A model of rewards. */
export interface RewardModel {
  /** All learned tensors, with distinct names. */
  parameters(): Tensor[];
  /** Gain and offset, by name: they are no parameters. */
  readonly scale: ReadonlyMap<"gain" | "offset", Tensor>;
  /** The rewards of sequences before they are scaled, [B], with gradients. */
  raw(rows: TokenRows): Tensor;
  /** The rewards of sequences. */
  score(sequences: readonly Sequence[]): Float64Array;
  /** Sets gain and offset so that these have mean 0 and deviation 1. @throws ConfigError for fewer than two different rewards */
  normaliseOn(sequences: readonly Sequence[]): void;
}

/** A reward model with the states of this GPT, which it changes as it learns. Its head is normal with deviation 1/√(C + 1). */
export function rewardModel(trunk: Gpt, special: { end: number; pad: number }, rng: Generator): RewardModel {
  const { width } = trunk.config;
  const drawn = rng.normal(0, 1 / Math.sqrt(width + 1), width);
  const weights = parameter(tensor(Float32Array.from(drawn), [width, 1]), "reward.weight");
  const bias = parameter(zeros([1]), "reward.bias");
  const gain = full([], 1);
  const offset = full([], 0);

  function raw({ ids, length, before, segments }: TokenRows): Tensor {
    const last = Int32Array.from(segments, ({ end }) => before[end - 1] + 1);
    const states = trunk.states(ids, length, last);
    return reshape(network(states, [{ weights, bias, activation: "none" }]), [segments.length]);
  }
  const unscaled = (sequences: readonly Sequence[]): Float32Array =>
    noGrad(() => raw(tokenRows(sequences, special)).toArray());

  return {
    parameters: () => [...trunk.parameters(), weights, bias],
    scale: new Map([
      ["gain", gain],
      ["offset", offset],
    ] as const),
    raw,
    score(sequences) {
      const [factor, shift] = [gain.item(), offset.item()];
      return Float64Array.from(unscaled(sequences), (r) => r * factor + shift);
    },
    normaliseOn(sequences) {
      const rewards = unscaled(sequences);
      const mean = rewards.reduce((a, b) => a + b, 0) / rewards.length;
      const deviation = Math.sqrt(rewards.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (rewards.length - 1));
      if (!(deviation > 0))
        throw new ConfigError({
          field: "normaliseOn",
          given: `${rewards.length} sequences of one reward`,
          allowed: "at least two sequences whose rewards differ",
        });
      gain.set([1 / deviation]);
      offset.set([-mean / deviation]);
    },
  };
}
