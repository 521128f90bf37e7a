import { existsSync, statSync } from "node:fs";
import { recipeOf } from "../language/run/language-config.js";
import type { LanguageModel } from "../language/run/language-model.js";
import { RECIPES } from "../language/run/recipes.js";
import { taskNameOf } from "../language/run/task-name.js";
import type { LanguageTask } from "../language/tasks/task.js";
import { readModel } from "../node/language/read-model.js";
import { findRun, listRuns } from "../node/run-folder.js";
import { readRecord } from "../node/run-record.js";
import { UsageError } from "./usage-error.js";

/** A model, the folder of its run if it has one, and the task of the run if that is a built-in one. */
interface Placed {
  readonly model: LanguageModel;
  readonly folder: string | undefined;
  readonly task: LanguageTask | undefined;
}

/** The model of a run, of a file, or of the latest run on a language task. @throws UsageError @throws FileError @throws ConfigError */
export function modelAt(place: string | undefined, which: "model" | "reference"): Placed {
  if (place !== undefined && existsSync(place) && statSync(place).isFile())
    return { model: readModel(place), folder: undefined, task: undefined };
  const folder = place === undefined ? latest() : findRun(place);
  const name = taskNameOf(readRecord(folder).config);
  if (name === undefined)
    throw new UsageError(`${folder} is a run on an environment: ascent watch shows what it has learned`);
  return { model: readModel(folder, which), folder, task: RECIPES.has(name) ? recipeOf(name).task : undefined };
}

function latest(): string {
  const found = listRuns().find(({ record }) => record !== undefined && taskNameOf(record.config) !== undefined);
  if (found !== undefined) return found.folder;
  throw new UsageError("there is no run on a language task in runs/ yet: ascent rlhf makes one");
}
