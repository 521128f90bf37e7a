/**
 * Chooses actions on rows of kernel memory, without tensors and without a graph. `policy.act` uses it for one row, and
 * rollouts for one row per copy of the environment.
 */

import { kernels } from "../kernels/kernels.js";
import type { Generator } from "../random/generator.js";
import { noGrad, slice, type Tensor } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";
import type { Exploration, RowAddresses } from "./heads/head.js";
import type { Network, RowNetwork } from "./network.js";
import type { ActingParts } from "./policy.js";

/** The columns that acting reads and writes, all with the same number of rows. */
export interface ActingColumns {
  /** Raw observations before acting, normalised ones after it, [rows, features]. */
  readonly features: Tensor;
  /** Action masks, if the environment has them, [rows, entries of an `ActionMask`]. */
  readonly masks: Tensor | undefined;
  /** The memory after each row, if the policy has one, [rows, memory size]. */
  readonly memory: Tensor | undefined;
  /** The outputs of each layer of the network. */
  readonly layers: readonly Tensor[];
  readonly actions: Tensor;
  readonly logProbs: Tensor;
}

/** How actions are chosen. */
export interface Choice {
  /** Draws the actions of all rows, or of each. */
  readonly rng: Generator | ((row: number) => Generator);
  readonly deterministic: boolean;
  /** The memory before these rows, [at least count, memory size]; acting overwrites it. */
  readonly memory: Tensor | undefined;
  readonly exploration: Pick<Exploration, "at"> | undefined;
}

/** Chooses the actions of one policy. */
export class RowActor {
  /** Width of each layer of the network, for the columns. */
  readonly widths: readonly number[];
  private readonly policy: ActingParts;
  private readonly rows: RowNetwork;
  private readonly addresses: RowAddresses = { output: 0, latent: 0, mask: 0, action: 0, logProb: 0, noise: 0 };

  constructor(policy: ActingParts) {
    this.policy = policy;
    this.rows = policy.network.rows ?? onTensors(policy.network);
    this.widths = this.rows.widths;
  }

  /** Acts on rows `first` to `first + count - 1`, and writes the environments' actions into `out`. */
  act(columns: ActingColumns, first: number, count: number, choice: Choice, out: Int32Array | Float32Array): void {
    const { policy, addresses } = this;
    const { head, normaliser } = policy;
    const { features, masks, layers, actions, logProbs } = columns;
    normaliser?.apply((at(features) >>> 2) + first * features.shape[1], count);
    const inputs = choice.memory === undefined ? features : this.remember(columns, choice.memory, first, count);
    this.rows.forward(inputs, layers, first, count);

    const output = layers[layers.length - 1];
    const latent = layers.length > 1 ? layers[layers.length - 2] : inputs;
    const actionSize = actions.shape[1];
    addresses.output = at(output) + first * output.shape[1] * 4;
    addresses.latent = at(latent) + first * latent.shape[1] * 4;
    const maskSize = masks === undefined ? 0 : masks.shape[1];
    addresses.mask = masks === undefined ? 0 : at(masks) + first * maskSize * 4;
    addresses.action = at(actions) + first * actionSize * 4;
    addresses.logProb = at(logProbs) + first * 4;
    const { rng, exploration, deterministic } = choice;
    for (let i = 0; i < count; i++) {
      addresses.noise = exploration === undefined ? 0 : exploration.at(i);
      if (deterministic) head.mode(addresses);
      else head.draw(addresses, typeof rng === "function" ? rng(i) : rng);
      head.toEnvAction(addresses.action, out, i * actionSize);
      addresses.output += output.shape[1] * 4;
      addresses.latent += latent.shape[1] * 4;
      addresses.mask += maskSize * 4;
      addresses.action += actionSize * 4;
      addresses.logProb += 4;
    }
  }

  /** Computes the layers of the first `count` rows again, for columns that were restored from a checkpoint. */
  refill({ features, memory, layers }: ActingColumns, count: number): void {
    this.rows.forward(memory ?? features, layers, 0, count);
  }

  /** Updates the memory with these rows, and returns the column that the network reads. */
  private remember({ features, memory: column }: ActingColumns, carried: Tensor, first: number, count: number): Tensor {
    const { memory } = this.policy;
    if (memory === undefined || column === undefined) return features;
    const next = noGrad(() => {
      const before = count === carried.shape[0] ? carried : slice(carried, 0, count);
      return memory.step(slice(features, first, first + count), before);
    });
    const size = count * memory.size;
    kernels.copy_rows(at(carried), at(next), 1, size, size, size, 0);
    kernels.copy_rows(at(column) + first * memory.size * 4, at(next), 1, size, size, size, 0);
    return column;
  }
}

/** For networks without `rows`: computes the same numbers with tensors. */
function onTensors(network: Network): RowNetwork {
  const { inputs, latentSize, outputs } = network;
  const widths = [latentSize, outputs];
  return {
    widths,
    forward(features, layers, first, count) {
      noGrad(() => {
        const latent = network.latent(slice(features, first, first + count).reshape([count, inputs]));
        [latent, network.outputsOf(latent)].forEach((result, i) => {
          const size = count * widths[i];
          kernels.copy_rows(at(layers[i]) + first * widths[i] * 4, at(result), 1, size, size, size, 0);
        });
      });
    },
  };
}
