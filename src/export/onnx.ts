/** A policy as an ONNX model, for onnxruntime and everything else that reads the format. */

import type { Policy } from "../policies/policy.js";
import { describeSpace } from "./describe-space.js";
import type { ExportOptions } from "./export-options.js";
import { type ExportedHead, type ExportedLayer, readNetwork } from "./network.js";
import { encodeModel, type OnnxConstant, type OnnxGraph, type OnnxNode } from "./onnx-model.js";

/**
 * An ONNX model (opset 13) with one input and two outputs:
 *
 *   observation  float32 [batch, features]   flattened: a Box as it is, a choice among n as a one-hot row of n
 *   logits       float32 [batch, actions]    of a categorical policy; of a Gaussian one `mean`, [batch, dimensions]
 *   action       int64 [batch]               the likeliest; of a Gaussian policy float32 [batch, dimensions], the mean kept
 *                                            within the action space
 *
 * Its metadata holds `observationSpace` and `actionSpace` (JSON), `std` for a Gaussian policy, and `about`.
 *
 * @throws ConfigError where layers and spaces do not fit together, or a weight is NaN or infinite
 */
export function toOnnx(policy: Policy, { about = {} }: ExportOptions = {}): Uint8Array {
  const { layers, head } = readNetwork(policy);
  const output = head.kind === "categorical" ? "logits" : "mean";
  const last = layers.length - 1;
  const parts = layers.map((layer, i) =>
    layerPart(layer, i === 0 ? "observation" : `layer${i - 1}`, i === last ? output : `layer${i}`),
  );
  const { nodes, constants } = actionPart(head);
  const width = layers[last].outputs;
  return encodeModel({
    nodes: [...parts.flatMap((part) => part.nodes), ...nodes],
    constants: [...parts.flatMap((part) => part.constants), ...constants],
    inputs: [{ name: "observation", element: "float32", shape: ["batch", layers[0].inputs] }],
    outputs: [
      { name: output, element: "float32", shape: ["batch", width] },
      head.kind === "categorical"
        ? { name: "action", element: "int64", shape: ["batch"] }
        : { name: "action", element: "float32", shape: ["batch", width] },
    ],
    metadata: {
      observationSpace: JSON.stringify(describeSpace(policy.observationSpace)),
      actionSpace: JSON.stringify(describeSpace(policy.actionSpace)),
      ...(head.kind === "gaussian" ? { std: JSON.stringify([...head.std]) } : {}),
      about: JSON.stringify(about),
    },
  });
}

type Part = Pick<OnnxGraph, "nodes" | "constants">;

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

/** gelu(x) = x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))); an operator of that name came with opset 20 only. */
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

function actionPart(head: ExportedHead): Part {
  if (head.kind === "gaussian") {
    const { low, high } = head;
    return {
      nodes: [
        { op: "Max", inputs: ["mean", "low"], output: "mean.aboveLow" },
        { op: "Min", inputs: ["mean.aboveLow", "high"], output: "action" },
      ],
      constants: [
        { name: "low", shape: [low.length], values: low },
        { name: "high", shape: [high.length], values: high },
      ],
    };
  }
  const best = { op: "ArgMax", inputs: ["logits"], attributes: { axis: 1, keepdims: 0 } };
  if (head.start === 0) return { nodes: [{ ...best, output: "action" }], constants: [] };
  return {
    nodes: [
      { ...best, output: "logits.best" },
      { op: "Add", inputs: ["logits.best", "start"], output: "action" },
    ],
    constants: [{ name: "start", shape: [], values: BigInt64Array.of(BigInt(head.start)) }],
  };
}
