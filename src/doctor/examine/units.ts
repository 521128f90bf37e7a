/** The hidden units of a policy's network, and the numbers of its memory, over many observations. */

import type { Policy } from "../../policies/policy.js";
import { type Activation, linear, noGrad, type Tensor, tensor, zeros } from "../../tensor/index.js";

/** The units of one hidden layer, or of the memory. */
export interface LayerUnits {
  /** 1 for the first hidden layer, 0 for the memory. */
  readonly layer: number;
  readonly activation: Activation;
  readonly units: number;
  /** Units with the same output for all observations: they pass nothing on. */
  readonly dead: number;
  /** Units of tanh beyond ± 0.99 for nearly all observations: hardly any gradient passes them. */
  readonly saturated: number;
}

/** Beyond it, the slope of tanh is below 0.02. */
const SATURATED = 0.99;
/** The share of observations that makes a unit saturated. */
const NEARLY_ALL = 0.95;

/**
 * The memory, if there is one, and the hidden layers, for rows of normalised features. `begins` is 1 for the first row of
 * each episode. Without layers if the network does not describe them.
 */
export function unitsOf(policy: Policy, rows: Float32Array, begins: Uint8Array): LayerUnits[] {
  const { memory, network } = policy;
  const layers = network.describe?.().slice(0, -1) ?? [];
  return noGrad(() => {
    const features = tensor(rows, [begins.length, rows.length / begins.length]);
    const sequences = memory && { copies: 1, steps: begins.length, begins, memory: zeros([1, memory.size]) };
    let inputs = policy.networkInputs({ features, sequences });
    // The numbers of a gated recurrent unit are means of outputs of tanh. Those of another memory may be of any size.
    const bounded = memory?.describe?.().kind === "gru" ? "tanh" : "none";
    const remembered = memory === undefined ? [] : [layerOf(0, inputs, bounded)];
    const hidden = layers.map(({ weights, bias, activation }, i) => {
      inputs = linear(inputs, weights, bias, activation);
      return layerOf(i + 1, inputs, activation);
    });
    return [...remembered, ...hidden];
  });
}

function layerOf(layer: number, outputs: Tensor, activation: Activation): LayerUnits {
  const [, units] = outputs.shape;
  return { layer, activation, units, ...countUnits(outputs.toArray(), units, activation) };
}

function countUnits(
  outputs: Float32Array | Int32Array,
  units: number,
  activation: Activation,
): Pick<LayerUnits, "dead" | "saturated"> {
  let dead = 0;
  let saturated = 0;
  for (let unit = 0; unit < units; unit++) {
    let beyond = 0;
    let same = true;
    for (let k = unit; k < outputs.length; k += units) {
      if (Math.abs(outputs[k]) > SATURATED) beyond++;
      if (outputs[k] !== outputs[unit]) same = false;
    }
    if (same) dead++;
    else if (activation === "tanh" && beyond > NEARLY_ALL * (outputs.length / units)) saturated++;
  }
  return { dead, saturated };
}
