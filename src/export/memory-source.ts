/** The JavaScript source of a gated recurrent unit, with the bits of the kernel `gru_cell` (`gru.h`). */

import { base64 } from "./float-bytes.js";
import type { ExportedMemory } from "./network.js";

/** The source of `initialMemory` and of `remember`, which calls `linear`, `tanh` and `logistic`. */
export function memorySource({ size, input, inputBias, hidden, hiddenBias }: ExportedMemory): string {
  return `
/**
 * The memory at the start of an episode.
 * @returns {Float32Array}
 */
export function initialMemory() {
  return new Float32Array(${size});
}

/** Writes the memory after these features into \`next\`. u and v hold thirds for r, z and n. */
function remember(x, memory) {
  const u = linear(x, fromFeatures);
  const v = linear(expectMemory(memory), fromMemory);
  for (let j = 0, k = ${size}, l = ${2 * size}; j < ${size}; j++, k++, l++) {
    const r = logistic(round(u[j] + v[j]));
    const z = logistic(round(u[k] + v[k]));
    const n = tanh(round(u[l] + round(r * v[l])));
    next[j] = n + round(z * round(memory[j] - n));
  }
  return next;
}

function expectMemory(memory) {
  if (memory instanceof Float32Array && memory.length === ${size}) return memory;
  const isArray = Array.isArray(memory) || ArrayBuffer.isView(memory);
  const given = isArray ? memory.constructor.name + " of " + memory.length : typeof memory;
  throw new TypeError("memory: got " + given + ", allowed is a Float32Array of ${size}, which initialMemory() creates");
}

const next = initialMemory();
const fromFeatures = layer({ weights: "${base64(input)}", bias: "${base64(inputBias)}" });
const fromMemory = layer({ weights: "${base64(hidden)}", bias: "${base64(hiddenBias)}" });
`;
}
