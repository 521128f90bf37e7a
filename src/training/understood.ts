/** Errors while the content of a checkpoint is read, and its size. */

import { ConfigError } from "../errors.js";
import { CorruptFileError } from "../formats/safetensors.js";
import type { Checkpoint } from "./checkpoint.js";

/** What an error is about that is no fault of the checkpoint: code that was not passed in, and this process. */
const SURROUNDINGS: readonly string[] = [
  ...["env", "algorithm", "features", "policy", "schedules"],
  ...["task", "trainer", "reward", "judge"],
  "ASCENT_NUMERICS",
];

/** Runs `read` on the content of a checkpoint. Its errors mean that the content is invalid, except those about these. */
export function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError && SURROUNDINGS.includes(error.field)) throw error;
    throw new CorruptFileError(`this is not a usable checkpoint: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Writing a checkpoint again must give the same bytes; otherwise something was lost or changed while reading.
 *
 * @throws CorruptFileError if it does not
 */
export function requireSameBytes(again: Uint8Array, bytes: Uint8Array): void {
  if (again.length !== bytes.length || again.some((byte, i) => byte !== bytes[i]))
    throw new CorruptFileError("its settings or its state are not as this version of Ascent writes them");
}

/** The number of numbers in a checkpoint. */
export function roomOf(arrays: Checkpoint["arrays"]): number {
  return Array.from(arrays.values()).reduce((total, { values }) => total + values.length, 0);
}
