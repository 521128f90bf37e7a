/**
 * ONNX's messages: each function encodes one kind of message. Field numbers are those of `onnx.proto`.
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */

import { littleEndian } from "./float-bytes.js";
import { bytes, type Field, integer, join, message, textField } from "./protobuf.js";

/** The operators of ONNX 1.8 (2020). They suffice for these networks, and all current runtimes support them. */
const OPSET = 13;
const IR_VERSION = 7;

export const ELEMENT = { float32: 1, int64: 7 } as const;
const INT_ATTRIBUTE = 2;

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Whole numbers, such as `{ axis: 1 }`. */
  readonly attributes?: Readonly<Record<string, number>>;
}

/** A constant: weights, or a scalar if `shape` is []. */
export interface OnnxConstant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

/** The values of a constant of whole numbers. */
export const int64 = (...values: number[]): BigInt64Array => BigInt64Array.from(values, BigInt);

/** An input or output. A string in `shape` names a length that the caller chooses. */
export interface OnnxValue {
  readonly name: string;
  readonly element: keyof typeof ELEMENT;
  readonly shape: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly metadata: Readonly<Record<string, string>>;
  /** The version of the program that makes the model. */
  readonly version: string;
}

/** ModelProto */
export function encodeModel(graph: OnnxGraph): Uint8Array {
  return join([
    integer(1, IR_VERSION),
    textField(2, "ascent"),
    textField(3, graph.version),
    message(7, [
      ...graph.nodes.map((node) => message(1, nodeFields(node))),
      textField(2, "policy"),
      ...graph.constants.map((constant) => message(5, constantFields(constant))),
      ...graph.inputs.map((value) => message(11, valueFields(value))),
      ...graph.outputs.map((value) => message(12, valueFields(value))),
    ]),
    message(8, [textField(1, ""), integer(2, OPSET)]),
    ...Object.entries(graph.metadata).map(([key, value]) => message(14, [textField(1, key), textField(2, value)])),
  ]);
}

/** NodeProto. A node is named after its output. */
function nodeFields({ op, inputs, output, attributes = {} }: OnnxNode): Field[] {
  return [
    ...inputs.map((name) => textField(1, name)),
    textField(2, output),
    textField(3, output),
    textField(4, op),
    ...Object.entries(attributes).map(([name, value]) =>
      message(5, [textField(1, name), integer(3, value), integer(20, INT_ATTRIBUTE)]),
    ),
  ];
}

/** TensorProto */
function constantFields({ name, shape, values }: OnnxConstant): Field[] {
  const element = values instanceof Float32Array ? "float32" : "int64";
  const raw = values instanceof Float32Array ? littleEndian(values) : littleEndianInt64(values);
  return [
    ...shape.map((length) => integer(1, length)),
    integer(2, ELEMENT[element]),
    textField(8, name),
    bytes(9, raw),
  ];
}

/** ValueInfoProto, including TypeProto.Tensor and TensorShapeProto.Dimension. */
function valueFields({ name, element, shape }: OnnxValue): Field[] {
  const dimensions = shape.map((length) =>
    message(1, [typeof length === "string" ? textField(2, length) : integer(1, length)]),
  );
  return [textField(1, name), message(2, [message(1, [integer(1, ELEMENT[element]), message(2, dimensions)])])];
}

function littleEndianInt64(values: BigInt64Array): Uint8Array {
  const raw = new Uint8Array(values.length * 8);
  const view = new DataView(raw.buffer);
  for (const [i, value] of values.entries()) view.setBigInt64(8 * i, value, true);
  return raw;
}
