import type { LanguageTraining } from "../language/run/language-training.js";
import { STAGES, type Stage } from "../language/run/stages.js";
import type { Update } from "../training/types.js";

/** The stage of an update, and which one of its updates it is. */
export function stageOf({ update, diagnostics }: Update, { counts }: Pick<LanguageTraining, "counts">): Stage {
  const name = STAGES[diagnostics.stage];
  const before = STAGES.slice(0, diagnostics.stage).reduce((sum, earlier) => sum + counts[earlier], 0);
  return { name, done: update - before, of: counts[name] };
}
