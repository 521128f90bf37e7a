/** The hidden units of a policy's network, over many observations. */

import type { Policy } from "../../policies/policy.js";
import { type Activation, linear, noGrad, tensor } from "../../tensor/index.js";

/** The units of one hidden layer. */
export interface LayerUnits {
  /** 1 for the first. */
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

/** The hidden layers for `count` rows of normalised features. Empty if the network does not describe its layers. */
export function unitsOf({ network }: Policy, rows: Float32Array, count: number): LayerUnits[] {
  const layers = network.describe?.() ?? [];
  return noGrad(() => {
    let features = tensor(rows).reshape([count, network.inputs]);
    return layers.slice(0, -1).map(({ weights, bias, activation }, i) => {
      features = linear(features, weights, bias, activation);
      return { layer: i + 1, activation, units: bias.size, ...countUnits(features.toArray(), bias.size, activation) };
    });
  });
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
