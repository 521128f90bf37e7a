import { recipeOf, TRAINERS } from "../../language/run/language-config.js";
import { pipelineOptions } from "../../language/run/pipeline-options.js";
import { taskNameOf } from "../../language/run/task-name.js";
import type { Schema } from "../../options.js";
import type { ResolvedConfig } from "../../training/types.js";
import { flagName, flagText } from "../flag-text.js";

/** The command that makes a run on a language task again. Settings that are as for the task are left out, except for the seed. */
export function rlhfCommand(config: ResolvedConfig): string {
  const task = taskNameOf(config) as string;
  const recipe = recipeOf(task);
  const { algorithm, seed, episodes, envOptions, options } = config;
  const trainer: Schema = TRAINERS[algorithm as keyof typeof TRAINERS].options;
  return [
    ...(config.numerics === undefined ? [] : ["ASCENT_NUMERICS=fast"]),
    `npx ascent rlhf ${task}`,
    ...(algorithm === recipe.trainer ? [] : [flagText("trainer", algorithm)]),
    flagText("seed", seed),
    ...(episodes === recipe.responses ? [] : [flagText("responses", episodes)]),
    ...differing(envOptions, pipelineOptions, recipe.pipeline),
    ...differing(options, trainer, recipe.options[algorithm] ?? {}),
  ].join(" ");
}

function differing(
  values: Readonly<Record<string, unknown>>,
  schema: Schema,
  usual: Readonly<Record<string, unknown>>,
): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (!Object.hasOwn(schema, name)) return [];
    const expected = Object.hasOwn(usual, name) ? usual[name] : schema[name]?.default;
    return JSON.stringify(value) === JSON.stringify(expected) ? [] : [flagText(flagName(name), value)];
  });
}
