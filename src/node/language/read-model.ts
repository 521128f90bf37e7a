import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LanguageModel, readLanguageModel } from "../../language/run/language-model.js";
import { type Preference, readPreferences } from "../../language/run/preferences.js";
import { FileError } from "../file-error.js";
import { readCheckpoint } from "../read-checkpoint.js";
import { reading } from "../reading.js";
import { findRun } from "../run-folder.js";
import { MODEL, REFERENCE } from "./language-files.js";

/** The model that comes with the package: it has learned to write reviews, and nothing else. It lies beside the lab's page, which fetches it. */
const SHIPPED = fileURLToPath(new URL("../../lab/sentiment.safetensors", import.meta.url));

/** Reads the model of a run's folder, as it is or as it was before tuning, or that of a file. @throws FileError @throws CorruptFileError */
export function readModel(place: string, which: "model" | "reference" = "model"): LanguageModel {
  return readCheckpoint(pathOf(place, which), readLanguageModel);
}

/** Where a model to begin with is: that of a run by its name or folder, a file, or the shipped one. @throws FileError @throws ConfigError */
export function modelPath(place: string): string {
  return place === "shipped" ? SHIPPED : isFile(place) ? place : pathOf(findRun(place, "from"), "model");
}

/** Preferences from a file of JSON lines. @throws FileError @throws ConfigError naming the line */
export function readPreferenceFile(path: string): Preference[] {
  return readPreferences(reading(path, () => readFileSync(path, "utf8")));
}

function pathOf(place: string, which: "model" | "reference"): string {
  const path = isFile(place) ? place : join(place, which === "model" ? MODEL : REFERENCE);
  if (!existsSync(path)) throw new FileError(path, "is missing: ascent rlhf writes it when a run ends");
  return path;
}

function isFile(place: string): boolean {
  return existsSync(place) && statSync(place).isFile();
}
