/** What to say before a run whose settings are known to fail. */

import { calling } from "../algorithms/algorithm-error.js";
import { optionsOf, type Setup } from "./setup.js";

/** Why the settings leave no gradient, if they do. */
export function noGradientOf(setup: Setup): string | undefined {
  const { algorithm } = setup;
  return calling(algorithm, "noGradient", "", () => algorithm.noGradient?.(optionsOf(setup)));
}

/** The preset's warning, that of the options, and that of the environment. */
export function warningOf(setup: Setup, env: { readonly warning?: string | undefined }): string | undefined {
  const { algorithm, config } = setup;
  const warnings = [algorithm.presets[config.preset]?.warning, noGradientOf(setup), env.warning];
  return warnings.filter((warning) => warning !== undefined).join(". ") || undefined;
}
