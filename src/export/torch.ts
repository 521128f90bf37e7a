/** A policy's weights for PyTorch, under the names of an `nn.Sequential`. */

import { type NamedArray, writeArrays } from "../formats/safetensors.js";
import type { Policy } from "../policies/policy.js";
import type { Activation } from "../tensor/index.js";
import { type ExportOptions, resolveExport } from "./export-options.js";
import { policyMetadata } from "./metadata.js";
import { type ExportedHead, type ExportedMemory, readNetwork } from "./network.js";

/** A module of `torch.nn` and its arguments. */
type Module = readonly [name: string, ...args: (number | string)[]];

/** The modules of activations. Ascent's gelu is the form with tanh. */
const MODULES: Readonly<Record<Activation, readonly Module[]>> = {
  none: [],
  relu: [["ReLU"]],
  tanh: [["Tanh"]],
  gelu: [["GELU", "tanh"]],
};

/**
 * The bytes of a safetensors file with float32 tensors:
 *
 *   <i>.weight [outputs, inputs], <i>.bias    of module i of an `nn.Sequential`, whose modules the metadata name
 *   gru.weight_ih, weight_hh, bias_ih, bias_hh    of an `nn.GRUCell` before it, for a policy with memory
 *   log_std                                       continuous actions: ln σ, [d] or, if it depends on the state, [latent, d]
 *   shift, scale                                  the inputs are clip((observation - shift)·scale, ±10), if they are there
 *
 * The metadata are those of `toOnnx`, and `modules`: names and arguments of the modules, as JSON.
 *
 * @throws ConfigError as `toOnnx`
 */
export function toTorch(policy: Policy, options?: ExportOptions): Uint8Array {
  const { about } = resolveExport(options);
  const { normaliser, memory, layers, head } = readNetwork(policy);
  const modules: Module[] = [];
  const arrays = new Map<string, NamedArray>();
  for (const { inputs, outputs, activation, weights, bias } of layers) {
    arrays.set(`${modules.length}.weight`, transposed(weights, inputs, outputs));
    arrays.set(`${modules.length}.bias`, vector(bias));
    modules.push(["Linear", inputs, outputs], ...MODULES[activation]);
  }
  if (memory !== undefined) for (const [name, array] of gruArrays(memory)) arrays.set(`gru.${name}`, array);
  for (const [name, array] of logStdOf(policy, head)) arrays.set(name, array);
  if (normaliser !== undefined) {
    arrays.set("shift", vector(normaliser.shift));
    arrays.set("scale", vector(normaliser.scale));
  }
  const metadata = { format: "pt", ...policyMetadata(policy, head, about), modules: JSON.stringify(modules) };
  return writeArrays({ metadata, arrays });
}

function gruArrays({ inputs, size, input, hidden, inputBias, hiddenBias }: ExportedMemory): [string, NamedArray][] {
  return [
    ["weight_ih", transposed(input, inputs, 3 * size)],
    ["weight_hh", transposed(hidden, size, 3 * size)],
    ["bias_ih", vector(inputBias)],
    ["bias_hh", vector(hiddenBias)],
  ];
}

function logStdOf(policy: Policy, head: ExportedHead): [string, NamedArray][] {
  const described = policy.describe()?.head;
  if (!("reach" in head) || described === undefined || !("logStd" in described)) return [];
  const { logStd } = described;
  return [["log_std", { shape: logStd.shape, values: logStd.toArray() }]];
}

/** Ascent's weights are [inputs, outputs], PyTorch's are [outputs, inputs]. */
function transposed(values: Float32Array, inputs: number, outputs: number): NamedArray {
  const turned = values.map((_, k) => values[(k % inputs) * outputs + Math.floor(k / inputs)]);
  return { shape: [outputs, inputs], values: turned };
}

function vector(values: Float32Array): NamedArray {
  return { shape: [values.length], values };
}
