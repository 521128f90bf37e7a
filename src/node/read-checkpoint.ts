import { readFileSync } from "node:fs";
import { CorruptFileError } from "../formats/safetensors.js";
import { fileError } from "./file-error.js";

/** Reads the bytes of a checkpoint file with `read`. Errors name the path. @throws FileError @throws CorruptFileError */
export function readCheckpoint<T>(path: string, read: (bytes: Uint8Array) => T): T {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw fileError(path, "can't be read", error);
  }
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof CorruptFileError)) throw error;
    throw new CorruptFileError(`${path}: ${error.message}`, { cause: error });
  }
}
