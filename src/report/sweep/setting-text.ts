import type { Cell, SweepPlan } from "../../sweeps/plan.js";
import { valueText } from "../flag-text.js";

/** `0.001`, `64,64`, and a dash for a setting that a cell doesn't have. */
export function settingText(value: unknown): string {
  return value === undefined ? "–" : valueText(value);
}

/** `learningRate 0.001, gamma 0.99`: the settings in which a cell differs from others. Empty if there is only one. */
export function cellName({ settings }: Pick<Cell, "settings">, { varied }: Pick<SweepPlan, "varied">): string {
  return varied.map((name) => `${name} ${settingText(settings[name])}`).join(", ");
}
