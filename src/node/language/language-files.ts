/** What a run on a language task leaves in its folder beside log and checkpoint. */

import { join } from "node:path";
import { LanguageFigures, languageFindings } from "../../doctor/language/diagnose-language.js";
import type { Assessment } from "../../language/run/assess.js";
import { namedTrainer, recipeOf, type TrainerName, usualPipeline } from "../../language/run/language-config.js";
import type { LanguageTraining } from "../../language/run/language-training.js";
import { pipelineOptions } from "../../language/run/pipeline-options.js";
import { writePreferences } from "../../language/run/preferences.js";
import { taskNameOf } from "../../language/run/task-name.js";
import { LanguageCurves } from "../../report/language/language-curves.js";
import { languageReportHtml } from "../../report/language/language-page.js";
import { rlhfCommand } from "../../report/language/rlhf-command.js";
import type { Update } from "../../training/types.js";
import { readInSlices } from "../metrics.js";
import { METRICS, REPORT } from "../run-folder.js";
import { readRecord } from "../run-record.js";
import type { SavedRun } from "../saved-run.js";
import { writeAtomically } from "../write-file.js";

/** The model as it is now: safetensors under GPT-2's names. */
export const MODEL = "model.safetensors";
/** What it was before tuning. */
export const REFERENCE = "reference.safetensors";
/** What a learned reward was made from: JSON lines of prompt, chosen, rejected. */
const PREFERENCES = "preferences.jsonl";
/** How good the model is beside its reference. */
const ASSESSMENT = "assessment.json";
/** Responses of the last update that the report has token by token. */
const TABLES = 8;

/** Writes models, preferences and assessment to the folder of a closed run. @throws FileError */
export function writeModels(
  { folder, training }: SavedRun<LanguageTraining>,
  assessment: Assessment | undefined,
): void {
  const { model, reference, preferences } = training;
  writeAtomically(join(folder, MODEL), model.toBytes());
  writeAtomically(join(folder, REFERENCE), reference.toBytes());
  if (preferences.length > 0) writeAtomically(join(folder, PREFERENCES), writePreferences(preferences));
  if (assessment !== undefined) writeAtomically(join(folder, ASSESSMENT), `${JSON.stringify(assessment, null, 1)}\n`);
}

/** Writes `report.html`. It gives up as soon as `stopped` says so, and returns whether the report is written. @throws FileError */
export async function writeLanguageReport(
  { folder, training }: SavedRun<LanguageTraining>,
  assessment: Assessment | undefined,
  stopped: () => boolean,
): Promise<boolean> {
  const record = readRecord(folder);
  const { config } = record;
  const curves = new LanguageCurves();
  const figures = new LanguageFigures();
  const add = (update: Update): void => {
    curves.add(update);
    figures.add(update);
  };
  if (!(await readInSlices(join(folder, METRICS), add, stopped))) return false;
  const recipe = recipeOf(taskNameOf(config) as string);
  const { algorithm } = config;
  const trainer = namedTrainer(algorithm as TrainerName);
  const html = languageReportHtml({
    record,
    curves,
    assessment,
    tokens: training.tokenTables(TABLES),
    options: [
      {
        heading: `Options of ${config.env}`,
        schema: pipelineOptions,
        values: config.envOptions,
        usual: usualPipeline(recipe, trainer),
      },
      {
        heading: `Options of ${algorithm}`,
        schema: trainer.options,
        values: config.options,
        usual: recipe.options[algorithm] ?? {},
      },
    ],
    command: rlhfCommand(config),
    findings: languageFindings(figures, config)
      .filter(({ severity }) => severity !== "note")
      .map(({ code, seen, why }) => `${code}: ${seen}. ${why}`),
  });
  writeAtomically(join(folder, REPORT), html);
  return true;
}
