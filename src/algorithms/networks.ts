/** Makes the networks that an algorithm's options describe. */

import { kaimingUniform, orthogonal } from "../nn/index.js";
import type { Values } from "../options.js";
import { type ActorCritic, actorCriticNetworks } from "../policies/actor-critic.js";
import type { LayerOptions } from "../policies/mlp-policy.js";
import type { Rows } from "../policies/rows.js";
import type { Batch } from "../rollout/batch.js";
import type { Collect } from "../rollout/collector.js";
import { inParts } from "../rollout/minibatches.js";
import { bootstrapValues } from "../rollout/returns.js";
import { RewardScaling } from "../rollout/reward-scaling.js";
import type { Context } from "./algorithm.js";
import type { layerOptions, networkOptions, sharingOptions } from "./shared-options.js";

/** Orthogonal weights (gain √2, 0.01 for the policy's last layer) with zero biases, or PyTorch's default. */
export function initialWeights(
  init: Values<typeof layerOptions>["init"],
): Pick<LayerOptions, "hiddenInit" | "outputInit" | "bias"> {
  return init === "orthogonal"
    ? { hiddenInit: orthogonal(Math.SQRT2), outputInit: orthogonal(0.01), bias: "zero" }
    : { hiddenInit: kaimingUniform, outputInit: kaimingUniform, bias: "uniform" };
}

/** Policy and value function: two networks, or one trunk if the options ask for it. V's last layer starts with gain 1. */
export function networksFor({
  observationSpace,
  actionSpace,
  options,
  rng,
  features,
}: Context<typeof networkOptions> & { options: Partial<Values<typeof sharingOptions>> }): ActorCritic {
  const { valueHidden, ...chosen } = options;
  return actorCriticNetworks({
    ...chosen,
    ...initialWeights(options.init),
    observationSpace,
    actionSpace,
    rng,
    features,
    trunk: options.trunk ?? "separate",
    memory: options.policy === "gru" ? (options.memorySize ?? 0) : 0,
    valueHidden: valueHidden ?? undefined,
    valueInit: options.init === "orthogonal" ? orthogonal(1) : kaimingUniform,
  });
}

/** `collect` of algorithms that learn from `rolloutSteps` steps of each environment. */
export function collectSteps({ rolloutSteps, envs }: { rolloutSteps: number; envs: number }): Collect {
  return { steps: rolloutSteps, envs };
}

/** The scaling of rewards, if the options ask for it. */
export function rewardScalingFor(options: {
  readonly scaleRewards: boolean;
  readonly envs: number;
  readonly gamma: number;
}): RewardScaling | undefined {
  return options.scaleRewards ? new RewardScaling(options.envs, options.gamma) : undefined;
}

/** The number of rows whose values are computed without a pause. */
const ROWS_A_PAUSE = 256;

/** V of each row of a batch, with pauses. The value of a row does not depend on other rows, so the bits are the same. */
export function* valuesInParts(batch: Batch, valuesOf: (rows: Rows) => Float32Array): Generator<void, Float32Array> {
  const values = new Float32Array(batch.size);
  let done = 0;
  for (const rows of inParts(batch, ROWS_A_PAUSE)) {
    const part = valuesOf(rows);
    values.set(part, done);
    done += part.length;
    yield;
  }
  return values;
}

/** The value after each segment of a batch: V of its last observation, or 0 after a terminal state. */
export function finalValues(networks: ActorCritic, batch: Batch): Float64Array {
  const lastRows = batch.segments.map(({ end }) => end - 1);
  return bootstrapValues(batch.segments, networks.valuesAfter(batch, lastRows, batch.finalFeatures));
}
