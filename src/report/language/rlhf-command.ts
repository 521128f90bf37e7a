import {
  namedTrainer,
  recipeOf,
  type TrainerName,
  usualPipeline,
  usualResponses,
} from "../../language/run/language-config.js";
import { pipelineOptions } from "../../language/run/pipeline-options.js";
import { taskNameOf } from "../../language/run/task-name.js";
import type { Values } from "../../options.js";
import type { ResolvedConfig } from "../../training/types.js";
import { differingFlags } from "../differing-flags.js";
import { flagText } from "../flag-text.js";

/** The command that makes a run on a language task again. Settings that are as for the task are left out, except for the seed. */
export function rlhfCommand(config: ResolvedConfig): string {
  const task = taskNameOf(config) as string;
  const recipe = recipeOf(task);
  const { algorithm, seed, episodes, options } = config;
  // Who judged is no option.
  const { judge: _, ...envOptions } = config.envOptions;
  const trainer = namedTrainer(algorithm as TrainerName);
  const usual = usualResponses(recipe, trainer, envOptions as Values<typeof pipelineOptions>);
  return [
    ...(config.numerics === undefined ? [] : ["ASCENT_NUMERICS=fast"]),
    `npx ascent rlhf ${task}`,
    ...(algorithm === recipe.trainer ? [] : [flagText("trainer", algorithm)]),
    flagText("seed", seed),
    ...(episodes === usual ? [] : [flagText("responses", episodes)]),
    ...differingFlags(envOptions, pipelineOptions, usualPipeline(recipe, trainer), ""),
    ...differingFlags(options, trainer.options, recipe.options[algorithm] ?? {}, ""),
  ].join(" ");
}
