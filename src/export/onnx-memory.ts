/** One step of a gated recurrent unit as ONNX nodes. The caller carries the memory. */

import type { ExportedMemory } from "./network.js";
import { int64, type OnnxConstant, type OnnxGraph, type OnnxNode, type OnnxValue } from "./onnx-model.js";

/** The nodes, input and output that a policy with memory adds to the graph. */
interface MemoryPart extends Pick<OnnxGraph, "nodes" | "constants"> {
  readonly input: OnnxValue;
  readonly output: OnnxValue;
}

/**
 * `nextMemory` from `memory` and the features x:
 *
 *   r = σ(u_r + v_r)    z = σ(u_z + v_z)    n = tanh(u_n + r·v_n)    nextMemory = n + z·(memory - n)
 *
 * with u = x·W + b and v = memory·U + c, whose thirds belong to r, z and n. ONNX has an operator `GRU`, but it processes
 * whole sequences and has another order of gates and axes.
 */
export function memoryPart({ size, inputs, ...weights }: ExportedMemory, features: string): MemoryPart {
  const nodes: OnnxNode[] = [];
  const wide = 3 * size;
  const constants: OnnxConstant[] = [
    { name: "memory.input", shape: [inputs, wide], values: weights.input },
    { name: "memory.inputBias", shape: [wide], values: weights.inputBias },
    { name: "memory.hidden", shape: [size, wide], values: weights.hidden },
    { name: "memory.hiddenBias", shape: [wide], values: weights.hiddenBias },
    { name: "memory.axis", shape: [1], values: int64(1) },
    ...[0, 1, 2, 3].map((third) => ({ name: `memory.cut${third}`, shape: [1], values: int64(third * size) })),
  ];
  const apply = (op: string, inputs: readonly string[], output: string): string => {
    nodes.push({ op, inputs, output });
    return output;
  };
  const third = (of: string, index: number): string =>
    apply("Slice", [of, `memory.cut${index}`, `memory.cut${index + 1}`, "memory.axis"], `${of}${index}`);
  const u = apply("Gemm", [features, "memory.input", "memory.inputBias"], "memory.fromFeatures");
  const v = apply("Gemm", ["memory", "memory.hidden", "memory.hiddenBias"], "memory.fromMemory");
  const gate = (index: number, name: string): string =>
    apply("Sigmoid", [apply("Add", [third(u, index), third(v, index)], `${name}.sum`)], name);
  const r = gate(0, "memory.reset");
  const z = gate(1, "memory.update");
  const kept = apply("Mul", [r, third(v, 2)], "memory.kept");
  const n = apply("Tanh", [apply("Add", [third(u, 2), kept], "memory.new.sum")], "memory.new");
  const change = apply("Mul", [z, apply("Sub", ["memory", n], "memory.difference")], "memory.change");
  apply("Add", [n, change], "nextMemory");
  const shape = ["batch", size];
  return {
    nodes,
    constants,
    input: { name: "memory", element: "float32", shape },
    output: { name: "nextMemory", element: "float32", shape },
  };
}
