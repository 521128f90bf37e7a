/** A policy as one JavaScript file without dependencies, whose outputs equal the trainer's bit for bit. */

import type { Policy } from "../policies/policy.js";
import { CLIP } from "../running-moments.js";
import { describeSpace } from "../spaces/index.js";
import { callSource } from "./call-source.js";
import { type ExportOptions, resolveExport } from "./export-options.js";
import { base64 } from "./float-bytes.js";
import { CHECKS, headSource } from "./head-source.js";
import { memorySource } from "./memory-source.js";
import {
  type ExportedLayer,
  type ExportedNetwork,
  type ExportedNormaliser,
  featureCount,
  readNetwork,
} from "./network.js";
import { LINEAR, type MathsFunction, mathsSource } from "./network-source.js";
import { flattenFunctions, flattenSource, observationType } from "./observation-source.js";

/**
 * The source of an ES module for Node and browsers. It exports `act(observation)` (the most likely action, or the
 * mean), `sample(observation, random)`, `logits(observation)` or `mean(observation)`, and `observationSpace`,
 * `actionSpace`, `about`. With continuous actions it exports `std` too. With a policy that has memory it exports
 * `initialMemory()`, and the memory is the second argument of every function; `act` and `sample` update it.
 *
 * @throws ConfigError if a part of the policy has no `describe()`, layers and spaces do not fit together, or a weight is
 * NaN or infinite
 */
export function toModule(policy: Policy, options?: ExportOptions): string {
  const { about } = resolveExport(options);
  const exported = readNetwork(policy);
  const { normaliser, memory, layers, head } = exported;
  const space = describeSpace(policy.observationSpace);
  const call = callSource(observationType(space), memory !== undefined);
  const flattened = "flatten(observation)";
  const functions = [LINEAR, ...mathsSource(functionsOf(exported)), ...flattenFunctions(space), CHECKS];
  return `${heading(policy, exported)}
export const about = ${literal(about)};
export const observationSpace = ${literal(space)};
export const actionSpace = ${literal(describeSpace(policy.actionSpace))};
${headSource(head, call)}

const round = Math.fround;
const features = new Float32Array(${featureCount(exported)});

/** Writes the observation into the network's inputs. */
function flatten(observation) {
${flattenSource(space)}
  return ${normaliser === undefined ? "features" : "normalised(features)"};
}
${normaliser === undefined ? "" : normaliserSource(normaliser)}${memory === undefined ? "" : memorySource(memory)}
function network(${call.parameters}) {
  return layers.reduce(linear, ${memory === undefined ? flattened : `remember(${flattened}, memory)`});
}
${functions.join("\n")}

function floats(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** Weights [inputs, outputs] in row-major order, and biases, as little-endian float32 in base64. */
const layers = [
${layers.map(layerSource).join("\n")}
].map(layer);

function layer({ weights, bias, activation }) {
  const b = floats(bias);
  return { weights: floats(weights), bias: b, activation, y: new Float32Array(b.length) };
}
`;
}

/** The functions that the source of this network and head calls. */
function functionsOf({ memory, layers, head }: ExportedNetwork): Set<MathsFunction> {
  const called = new Set<MathsFunction>();
  for (const { activation } of layers) if (activation !== "none") called.add(activation);
  if (head.kind === "categorical" || head.kind === "multi-categorical" || head.kind === "bernoulli") called.add("exp");
  if (head.kind === "squashed-gaussian") called.add("tanh");
  if (memory !== undefined) called.add("tanh").add("logistic");
  return called;
}

function heading({ observationSpace, actionSpace }: Policy, exported: ExportedNetwork): string {
  const { memory, layers } = exported;
  const sizes = layers.map(({ outputs, activation }) => `${outputs}${activation === "none" ? "" : ` ${activation}`}`);
  if (memory !== undefined) sizes.unshift(`${memory.size} gru`);
  // A line comment ends with its line, but a caller's own space may print itself on several lines.
  const line = (text: string): string => text.replace(/[\n\r\u2028\u2029]+/g, " ");
  return `// A trained policy: from an observation to an action, in plain JavaScript. Written by Ascent.
//
${memory === undefined ? USE : USE_WITH_MEMORY}
//
// Observation: ${line(String(observationSpace))}
// Action: ${line(String(actionSpace))}
// Network: ${[featureCount(exported), ...sizes].join(" → ")}
//
// Every product and every sum is rounded to float32, in the trainer's order, so the outputs equal the trainer's to the
// last bit.
`;
}

const USE = `//   import { act } from "./policy.mjs";
//   const action = act(observation);`;
const USE_WITH_MEMORY = `//   import { act, initialMemory } from "./policy.mjs";
//   const memory = initialMemory(); // at the start of every episode
//   const action = act(observation, memory); // in every step of it`;

function normaliserSource({ shift, scale }: ExportedNormaliser): string {
  return `
/** Normalises features to mean 0 and deviation 1, with the moments of training, and clips them to ±${CLIP}. */
function normalised(x) {
  for (let i = 0; i < x.length; i++) x[i] = Math.min(${CLIP}, Math.max(-${CLIP}, round(round(x[i] - shift[i]) * scale[i])));
  return x;
}
const shift = floats("${base64(shift)}");
const scale = floats("${base64(scale)}");
`;
}

function layerSource({ weights, bias, activation }: ExportedLayer): string {
  const named = activation === "none" ? "" : `, activation: ${activation}`;
  return `  { weights: "${base64(weights)}", bias: "${base64(bias)}"${named} },`;
}

/** JSON as source code. It is safe in a script tag too, and a field named `__proto__` is a field, not the prototype. */
function literal(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll(/(?<=[{,])"__proto__":/g, '["__proto__"]:');
}
