import { readFileSync } from "node:fs";
import { CorruptFileError } from "../formats/safetensors.js";
import { reading } from "./reading.js";

/** Reads the bytes of a checkpoint file with `read`. Errors name the path. @throws FileError @throws CorruptFileError */
export function readCheckpoint<T>(path: string, read: (bytes: Uint8Array) => T): T {
  const bytes = reading(path, () => readFileSync(path));
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof CorruptFileError)) throw error;
    throw new CorruptFileError(`${path}: ${error.message}`, { cause: error });
  }
}
