import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { type LanguageModel, readLanguageModel } from "../../language/run/language-model.js";
import { FileError } from "../file-error.js";
import { readCheckpoint } from "../read-checkpoint.js";
import { MODEL, REFERENCE } from "./language-files.js";

/** Reads the model of a run's folder, as it is or as it was before tuning, or that of a file. @throws FileError @throws CorruptFileError */
export function readModel(place: string, which: "model" | "reference" = "model"): LanguageModel {
  const isFolder = existsSync(place) && statSync(place).isDirectory();
  const path = isFolder ? join(place, which === "model" ? MODEL : REFERENCE) : place;
  if (!existsSync(path)) throw new FileError(path, "is missing: ascent rlhf writes it when a run ends");
  return readCheckpoint(path, readLanguageModel);
}
