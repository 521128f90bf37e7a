/** A policy as one JavaScript file without dependencies, whose outputs are the trainer's bit for bit. */

import { CLIP } from "../running-moments.js";
import type { Policy } from "../policies/policy.js";
import { describeSpace } from "../spaces/describe-space.js";
import type { ExportOptions } from "./export-options.js";
import { base64 } from "./float-bytes.js";
import { CHECKS, headSource } from "./head-source.js";
import { type ExportedLayer, type ExportedNormaliser, readNetwork } from "./network.js";
import { activationFunctions, EXP, LINEAR } from "./network-source.js";
import { flattenFunctions, flattenSource, observationType } from "./observation-source.js";

/**
 * The source of an ES module for Node and for web pages. It exports `act(observation)` (the likeliest action, or the mean),
 * `sample(observation, random)`, `logits(observation)` or `mean(observation)`, and `observationSpace`, `actionSpace`, `about`.
 *
 * @throws ConfigError where layers and spaces do not fit together, or a weight is NaN or infinite
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

/** The observation as the numbers that the network takes in. */
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

/** Weights [inputs, outputs] row by row, and biases: little-endian float32 in base64. */
const layers = [
${layers.map(layerSource).join("\n")}
].map(({ weights, bias, activation }) => {
  const [W, b] = [floats(weights), floats(bias)];
  return { weights: W, bias: b, activation, y: new Float32Array(b.length) };
});
`;
}

function heading({ observationSpace, actionSpace }: Policy, layers: readonly ExportedLayer[]): string {
  const sizes = layers.map(({ outputs, activation }) => `${outputs}${activation === "none" ? "" : ` ${activation}`}`);
  // A comment ends with its line, and a space of the caller's own may print itself on several.
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
// Every product and every sum is rounded to float32, in the trainer's order, so the outputs are the trainer's to the last bit.
`;
}

function normaliserSource({ shift, scale }: ExportedNormaliser): string {
  return `
/** Features brought to mean 0 and deviation 1, as far as training got to know them, and kept within ±${CLIP}. */
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

/** JSON that can stand in a script tag of a page too. */
function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
