/** The end of an ONNX graph: from a network's outputs to the most likely action. */

import { type ExportedHead, type ExportedNumbers, isIdentity } from "./network.js";
import { int64, type OnnxConstant, type OnnxGraph, type OnnxNode, type OnnxValue } from "./onnx-model.js";

type Kind<K extends ExportedHead["kind"]> = Extract<ExportedHead, { kind: K }>;
type Part = Pick<OnnxGraph, "nodes" | "constants"> & { readonly action: OnnxValue };

/** The part of the graph after the network, and the model's outputs. */
interface HeadPart extends Part {
  /** The name of the last layer's outputs. */
  readonly output: "logits" | "mean";
  readonly extra: readonly OnnxValue[];
}

/** `inner` is the name of the last layer's inputs. */
export function headPart(head: ExportedHead, inner: string): HeadPart {
  switch (head.kind) {
    case "categorical":
      return { output: "logits", extra: [], ...categoricalPart(head) };
    case "multi-categorical":
      return { output: "logits", extra: [], ...multiCategoricalPart(head) };
    case "bernoulli":
      return { output: "logits", extra: [], ...bernoulliPart(head) };
    case "gaussian":
      return withConstantStd(head, mapPart(head, "mean"));
    case "squashed-gaussian":
      return withConstantStd(head, squashedPart(head));
    case "state-dependent":
      return { output: "mean", ...stateDependentPart(head, inner) };
  }
}

const row = (name: string, values: Float32Array): OnnxConstant => ({ name, shape: [values.length], values });

function categoricalPart({ start }: Kind<"categorical">): Part {
  const action: OnnxValue = { name: "action", element: "int64", shape: ["batch"] };
  const best = { op: "ArgMax", inputs: ["logits"], attributes: { axis: 1, keepdims: 0 } };
  if (start === 0) return { nodes: [{ ...best, output: "action" }], constants: [], action };
  return {
    nodes: [
      { ...best, output: "logits.best" },
      { op: "Add", inputs: ["logits.best", "start"], output: "action" },
    ],
    constants: [{ name: "start", shape: [], values: int64(start) }],
    action,
  };
}

/** Each choice has its slice of the logits. */
function multiCategoricalPart({ nvec, start }: Kind<"multi-categorical">): Part {
  const nodes: OnnxNode[] = [];
  const constants: OnnxConstant[] = [
    { name: "axis", shape: [1], values: int64(1) },
    { name: "start", shape: [nvec.length], values: int64(...start) },
  ];
  let end = 0;
  nvec.forEach((n, g) => {
    const name = `choice${g}`;
    constants.push({ name: `${name}.from`, shape: [1], values: int64(end) });
    end += n;
    constants.push({ name: `${name}.to`, shape: [1], values: int64(end) });
    nodes.push({ op: "Slice", inputs: ["logits", `${name}.from`, `${name}.to`, "axis"], output: `${name}.logits` });
    nodes.push({ op: "ArgMax", inputs: [`${name}.logits`], output: name, attributes: { axis: 1, keepdims: 1 } });
  });
  nodes.push({ op: "Concat", inputs: nvec.map((_, g) => `choice${g}`), output: "choices", attributes: { axis: 1 } });
  nodes.push({ op: "Add", inputs: ["choices", "start"], output: "action" });
  return { nodes, constants, action: { name: "action", element: "int64", shape: ["batch", nvec.length] } };
}

/** 1 where a logit is above 0. */
function bernoulliPart({ switches }: Kind<"bernoulli">): Part {
  const INT64 = 7;
  return {
    nodes: [
      { op: "Greater", inputs: ["logits", "zero"], output: "logits.on" },
      { op: "Cast", inputs: ["logits.on"], output: "action", attributes: { to: INT64 } },
    ],
    constants: [{ name: "zero", shape: [], values: Float32Array.of(0) }],
    action: { name: "action", element: "int64", shape: ["batch", switches] },
  };
}

/** clip(middle + reach·a, low, high), without the nodes of a map that is the identity. */
function mapPart(numbers: ExportedNumbers, a: string): Part {
  const { low, high, middle, reach } = numbers;
  const mapped = isIdentity(numbers)
    ? { output: a, nodes: [], constants: [] }
    : {
        output: "mean.mapped",
        nodes: [
          { op: "Mul", inputs: [a, "reach"], output: "mean.reached" },
          { op: "Add", inputs: ["mean.reached", "middle"], output: "mean.mapped" },
        ],
        constants: [row("reach", reach), row("middle", middle)],
      };
  return {
    nodes: [
      ...mapped.nodes,
      { op: "Max", inputs: [mapped.output, "low"], output: "mean.aboveLow" },
      { op: "Min", inputs: ["mean.aboveLow", "high"], output: "action" },
    ],
    constants: [...mapped.constants, row("low", low), row("high", high)],
    action: { name: "action", element: "float32", shape: ["batch", low.length] },
  };
}

/** clip(middle + reach·tanh(mean), low, high) */
function squashedPart(head: Kind<"squashed-gaussian">): Part {
  const map = mapPart(head, "mean.squashed");
  return { ...map, nodes: [{ op: "Tanh", inputs: ["mean"], output: "mean.squashed" }, ...map.nodes] };
}

/** The same deviations in each row, as an output too, so that they have one place for all kinds of head. */
function withConstantStd({ std }: ExportedNumbers, part: Part): HeadPart {
  return {
    output: "mean",
    nodes: [
      ...part.nodes,
      { op: "Shape", inputs: ["mean"], output: "mean.shape" },
      { op: "Expand", inputs: ["std.row", "mean.shape"], output: "std" },
    ],
    constants: [...part.constants, row("std.row", std)],
    action: part.action,
    extra: [stdOutput(std.length)],
  };
}

const stdOutput = (d: number): OnnxValue => ({ name: "std", element: "float32", shape: ["batch", d] });

/** std = √(z² · σ²) */
function stateDependentPart(head: Kind<"state-dependent">, inner: string): Part & Pick<HeadPart, "extra"> {
  const map = mapPart(head, "mean");
  const d = head.low.length;
  return {
    nodes: [
      ...map.nodes,
      { op: "Mul", inputs: [inner, inner], output: "noise.squares" },
      { op: "MatMul", inputs: ["noise.squares", "noise.variances"], output: "noise.variance" },
      { op: "Sqrt", inputs: ["noise.variance"], output: "std" },
    ],
    constants: [
      ...map.constants,
      { name: "noise.variances", shape: [head.std.length / d, d], values: head.std.map((std) => std * std) },
    ],
    action: map.action,
    extra: [stdOutput(d)],
  };
}
