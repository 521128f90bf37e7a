/** A policy as an ONNX model, for onnxruntime and other runtimes. */

import type { Policy } from "../policies/policy.js";
import { CLIP } from "../running-moments.js";
import { type ExportOptions, resolveExport } from "./export-options.js";
import { policyMetadata } from "./metadata.js";
import { type ExportedLayer, type ExportedNormaliser, featureCount, readNetwork } from "./network.js";
import { headPart } from "./onnx-head.js";
import { memoryPart } from "./onnx-memory.js";
import { encodeModel, type OnnxConstant, type OnnxGraph, type OnnxNode, type OnnxValue } from "./onnx-model.js";

/**
 * An ONNX model (opset 13). Inputs:
 *
 *   observation  float32 [batch, features]   flattened: a Box as it is, a choice among n as a one-hot row of n
 *   memory       float32 [batch, size]       only with memory: zeros at the start of an episode
 *
 * Outputs:
 *
 *   logits       float32 [batch, actions]    for discrete actions
 *   mean         float32 [batch, dimensions] for continuous actions: the mean of a, before the map
 *   action       int64 [batch]               the most likely; for several or binary choices int64 [batch, choices]; for
 *                                            continuous actions float32 [batch, dimensions], within the action space
 *   std          float32 [batch, dimensions] for continuous actions: the deviations of a
 *   nextMemory   float32 [batch, size]       only with memory: the `memory` of the next step
 *
 * The metadata holds, as JSON, `observationSpace`, `actionSpace`, `head` (the kind, such as "gaussian") and `about`. For
 * continuous actions it also holds `middle` and `reach`: the action is clip(middle + reach·a), or
 * clip(middle + reach·tanh(a)) for a "squashed-gaussian".
 *
 * @throws ConfigError if a part of the policy has no `describe()`, layers and spaces do not fit together, or a weight is
 * NaN or infinite
 */
export function toOnnx(policy: Policy, options?: ExportOptions): Uint8Array {
  const { about, version } = resolveExport(options);
  const exported = readNetwork(policy);
  const { normaliser, layers, head } = exported;
  const features = normaliser === undefined ? "observation" : "features";
  const memory = exported.memory && memoryPart(exported.memory, features);
  const first = memory?.output.name ?? features;
  const last = layers.length - 1;
  const { output, action, extra, ...rest } = headPart(head, last > 0 ? `layer${last - 1}` : first);
  const layerParts = layers.map((layer, i) =>
    layerPart(layer, i === 0 ? first : `layer${i - 1}`, i === last ? output : `layer${i}`),
  );
  const parts: Part[] = [
    ...(normaliser === undefined ? [] : [normaliserPart(normaliser)]),
    ...(memory === undefined ? [] : [memory]),
    ...layerParts,
    rest,
  ];
  const observation: OnnxValue = { name: "observation", element: "float32", shape: ["batch", featureCount(exported)] };
  const outputs: OnnxValue = { name: output, element: "float32", shape: ["batch", layers[last].outputs] };
  return encodeModel({
    nodes: parts.flatMap((part) => part.nodes),
    constants: parts.flatMap((part) => part.constants),
    inputs: memory === undefined ? [observation] : [observation, memory.input],
    outputs: [outputs, action, ...extra, ...(memory === undefined ? [] : [memory.output])],
    metadata: policyMetadata(policy, head, about),
    version,
  });
}

type Part = Pick<OnnxGraph, "nodes" | "constants">;

/** features = clip((observation - shift)·scale, ±10) */
function normaliserPart({ shift, scale }: ExportedNormaliser): Part {
  return {
    nodes: [
      { op: "Sub", inputs: ["observation", "shift"], output: "features.centred" },
      { op: "Mul", inputs: ["features.centred", "scale"], output: "features.scaled" },
      { op: "Clip", inputs: ["features.scaled", "features.least", "features.most"], output: "features" },
    ],
    constants: [
      { name: "shift", shape: [shift.length], values: shift },
      { name: "scale", shape: [scale.length], values: scale },
      { name: "features.least", shape: [], values: Float32Array.of(-CLIP) },
      { name: "features.most", shape: [], values: Float32Array.of(CLIP) },
    ],
  };
}

/** y = activation(x·W + b) */
function layerPart({ weights, bias, inputs, outputs, activation }: ExportedLayer, x: string, y: string): Part {
  const sum = activation === "none" ? y : `${y}.sum`;
  const gemm = { op: "Gemm", inputs: [x, `${y}.weights`, `${y}.bias`], output: sum };
  const constants = [
    { name: `${y}.weights`, shape: [inputs, outputs], values: weights },
    { name: `${y}.bias`, shape: [outputs], values: bias },
  ];
  switch (activation) {
    case "none":
      return { nodes: [gemm], constants };
    case "relu":
      return { nodes: [gemm, { op: "Relu", inputs: [sum], output: y }], constants };
    case "tanh":
      return { nodes: [gemm, { op: "Tanh", inputs: [sum], output: y }], constants };
    case "gelu": {
      const gelu = geluPart(sum, y);
      return { nodes: [gemm, ...gelu.nodes], constants: [...constants, ...gelu.constants] };
    }
  }
}

/** gelu(x) = x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))). ONNX has an operator for it only from opset 20. */
function geluPart(x: string, y: string): Part {
  const nodes: OnnxNode[] = [];
  const constants: OnnxConstant[] = [];
  const apply = (op: string, a: string, b: string | number, output: string): string => {
    if (typeof b === "number") constants.push({ name: `${output}.constant`, shape: [], values: Float32Array.of(b) });
    nodes.push({ op, inputs: [a, typeof b === "number" ? `${output}.constant` : b], output });
    return output;
  };
  const cubed = apply("Mul", apply("Mul", x, x, `${y}.square`), x, `${y}.cube`);
  const bent = apply("Add", x, apply("Mul", cubed, 0.044715, `${y}.smallCube`), `${y}.bent`);
  const inner = apply("Mul", bent, 0.7978845608028654, `${y}.inner`);
  nodes.push({ op: "Tanh", inputs: [inner], output: `${y}.tanh` });
  const doubled = apply("Mul", x, apply("Add", `${y}.tanh`, 1, `${y}.slope`), `${y}.doubled`);
  apply("Mul", doubled, 0.5, y);
  return { nodes, constants };
}
