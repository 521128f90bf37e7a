/** The end of an ONNX graph: from a network's outputs to the most likely action. */

import type { ExportedHead } from "./network.js";
import type { OnnxConstant, OnnxGraph, OnnxNode, OnnxValue } from "./onnx-model.js";

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
      return { output: "mean", extra: [], ...withinPart(head, "mean") };
    case "squashed-gaussian":
      return { output: "mean", extra: [], ...squashedPart(head) };
    case "state-dependent":
      return { output: "mean", ...stateDependentPart(head, inner) };
  }
}

const int64 = (...values: number[]): BigInt64Array => BigInt64Array.from(values, BigInt);
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

/** Clips a value to the action space. */
function withinPart({ low, high }: Pick<Kind<"gaussian">, "low" | "high">, wanted: string): Part {
  return {
    nodes: [
      { op: "Max", inputs: [wanted, "low"], output: "mean.aboveLow" },
      { op: "Min", inputs: ["mean.aboveLow", "high"], output: "action" },
    ],
    constants: [row("low", low), row("high", high)],
    action: { name: "action", element: "float32", shape: ["batch", low.length] },
  };
}

/** middle + reach · tanh(mean) */
function squashedPart(head: Kind<"squashed-gaussian">): Part {
  const within = withinPart(head, "mean.stretched");
  return {
    nodes: [
      { op: "Tanh", inputs: ["mean"], output: "mean.squashed" },
      { op: "Mul", inputs: ["mean.squashed", "reach"], output: "mean.reached" },
      { op: "Add", inputs: ["mean.reached", "middle"], output: "mean.stretched" },
      ...within.nodes,
    ],
    constants: [row("reach", head.reach), row("middle", head.middle), ...within.constants],
    action: within.action,
  };
}

/** std = √(z² · σ²) */
function stateDependentPart(head: Kind<"state-dependent">, inner: string): Part & Pick<HeadPart, "extra"> {
  const within = withinPart(head, "mean");
  const d = head.low.length;
  return {
    nodes: [
      ...within.nodes,
      { op: "Mul", inputs: [inner, inner], output: "noise.squares" },
      { op: "MatMul", inputs: ["noise.squares", "noise.variances"], output: "noise.variance" },
      { op: "Sqrt", inputs: ["noise.variance"], output: "std" },
    ],
    constants: [
      ...within.constants,
      { name: "noise.variances", shape: [head.std.length / d, d], values: head.std.map((std) => std * std) },
    ],
    action: within.action,
    extra: [{ name: "std", element: "float32", shape: ["batch", d] }],
  };
}
