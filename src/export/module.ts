/** A policy as one JavaScript file without dependencies, whose outputs equal the trainer's bit for bit. */

import type { Policy } from "../policies/policy.js";
import { CLIP } from "../running-moments.js";
import { describeSpace } from "../spaces/index.js";
import type { ExportOptions } from "./export-options.js";
import { base64 } from "./float-bytes.js";
import { CHECKS, headSource } from "./head-source.js";
import { type ExportedLayer, type ExportedNormaliser, readNetwork } from "./network.js";
import { activationFunctions, EXP, LINEAR } from "./network-source.js";
import { flattenFunctions, flattenSource, observationType } from "./observation-source.js";

/**
 * The source of an ES module for Node and browsers. It exports `act(observation)` (the most likely action, or the
 * mean), `sample(observation, random)`, `logits(observation)` or `mean(observation)`, and `observationSpace`,
 * `actionSpace`, `about`.
 *
 * @throws ConfigError if layers and spaces do not fit together, or a weight is NaN or infinite
 */
export function toModule(policy: Policy, { about = {} }: ExportOptions = {}): string {
  const { normaliser, layers, head } = readNetwork(policy);
  const space = describeSpace(policy.observationSpace);
  const activations = new Set(layers.map(({ activation }) => activation));
  if (head.kind === "squashed-gaussian") activations.add("tanh");
  const chooses = head.kind === "categorical" || head.kind === "multi-categorical" || head.kind === "bernoulli";
  const needsExp = chooses || activations.has("tanh") || activations.has("gelu");
  return `${heading(policy, layers)}
export const about = ${literal(about)};
export const observationSpace = ${literal(space)};
export const actionSpace = ${literal(describeSpace(policy.actionSpace))};
${headSource(head, observationType(space))}

const round = Math.fround;
const features = new Float32Array(${layers[0].inputs});

/** Writes the observation into the network's inputs. */
function flatten(observation) {
${flattenSource(space)}
  return ${normaliser === undefined ? "features" : "normalised(features)"};
}
${normaliser === undefined ? "" : normaliserSource(normaliser)}
function network(observation) {
  return layers.reduce(linear, flatten(observation));
}
${[LINEAR, ...(needsExp ? [EXP] : []), ...activationFunctions(activations), ...flattenFunctions(space), CHECKS].join("\n")}

function floats(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** Weights [inputs, outputs] in row-major order, and biases, as little-endian float32 in base64. */
const layers = [
${layers.map(layerSource).join("\n")}
].map(({ weights, bias, activation }) => {
  const W = floats(weights);
  const b = floats(bias);
  return { weights: W, bias: b, activation, y: new Float32Array(b.length) };
});
`;
}

function heading({ observationSpace, actionSpace }: Policy, layers: readonly ExportedLayer[]): string {
  const sizes = layers.map(({ outputs, activation }) => `${outputs}${activation === "none" ? "" : ` ${activation}`}`);
  // A line comment ends with its line, but a caller's own space may print itself on several lines.
  const line = (text: string): string => text.replace(/[\n\r\u2028\u2029]+/g, " ");
  return `// A trained policy: from an observation to an action, in plain JavaScript. Written by Ascent.
//
//   import { act } from "./policy.mjs";
//   const action = act(observation);
//
// Observation: ${line(String(observationSpace))}
// Action: ${line(String(actionSpace))}
// Network: ${[layers[0].inputs, ...sizes].join(" → ")}
//
// Every product and every sum is rounded to float32, in the trainer's order, so the outputs equal the trainer's to the
// last bit.
`;
}

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

/** JSON that is safe in a script tag too. */
function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
