/** Reads action masks, and says what is wrong with one. */

import { flatSize } from "./flatten.js";
import type { MultiDiscrete } from "./multi-discrete.js";
import type { Space } from "./space.js";

/** What is wrong with a mask, in the words of an error. */
export interface MaskFault {
  /** The entry, such as `[3]`, or nothing if it is the whole mask. */
  readonly place: string;
  readonly given: unknown;
  readonly allowed: string;
}

/** Reads the masks of one space. */
export interface MaskReader {
  /** The number of entries. */
  readonly size: number;
  /** Writes a mask as zeros and ones from `out[at]` on. Returns what is wrong with it, or undefined if it fits. */
  read(mask: unknown, out: Float32Array | Uint8Array, at?: number): MaskFault | undefined;
}

/** The reader for a space; undefined for a space without choices (`Box`, `Tuple`). */
export function maskReader(space: Space<unknown>): MaskReader | undefined {
  const options = optionsOf(space);
  if (options === undefined) return undefined;
  const size = options.reduce((total, n) => total + n, 0);
  return {
    size,
    read(mask, out, at = 0) {
      if (!isList(mask) || mask.length !== size)
        return { place: "", given: mask, allowed: `${size} entries, ${ENTRIES[space.kind]}` };
      let j = 0;
      for (let choice = 0; choice < options.length; choice++) {
        let open = false;
        for (const end = j + options[choice]; j < end; j++) {
          const entry = mask[j];
          const allows = entry === 1 || entry === true;
          if (!allows && entry !== 0 && entry !== false)
            return { place: `[${j}]`, given: entry, allowed: "0, 1, false or true" };
          out[at + j] = allows ? 1 : 0;
          open ||= allows;
        }
        if (!open) return { place: "", given: mask, allowed: leastOf(options, choice) };
      }
      return undefined;
    },
  };
}

const ENTRIES: Readonly<Record<string, string>> = {
  discrete: "one an action",
  "multi-discrete": "one an action, choice by choice",
  "multi-binary": "off and on of each switch",
};

/** The number of actions of each choice that a mask covers. */
function optionsOf(space: Space<unknown>): readonly number[] | undefined {
  switch (space.kind) {
    case "discrete":
      return [flatSize(space)];
    case "multi-discrete":
      return (space as MultiDiscrete).nvec;
    case "multi-binary":
      return Array.from({ length: flatSize(space) }, () => 2);
    default:
      return undefined;
  }
}

function leastOf(options: readonly number[], choice: number): string {
  return `a 1 for at least one action${options.length === 1 ? "" : ` of choice ${choice}`}`;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return typeof value === "object" && value !== null && "length" in value;
}
