import { typedValue } from "../../options.js";
import type { Cell, SweepPlan } from "../../sweeps/plan.js";
import type { Settings } from "../../sweeps/sweep-config.js";

/** `0.001`, `64,64`, and a dash for a setting that a cell doesn't have. */
export function settingText(value: unknown): string {
  return value === undefined ? "–" : typedValue(value);
}

/** `learningRate 0.001, gamma 0.99` */
export function settingsText(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${settingText(value)}`)
    .join(", ");
}

/** The settings in which a cell differs from others. Empty if there is only one cell. */
export function cellName({ settings }: Pick<Cell, "settings">, { varied }: Pick<SweepPlan, "varied">): string {
  return settingsText(Object.fromEntries(varied.map((name) => [name, settings[name]])));
}

/** `reinforce on CartPole-v1`, or `several algorithms on CartPole-v1` */
export function subjectText({ cells: [{ config }], varied }: SweepPlan): string {
  const shared = (name: "algorithm" | "env"): string =>
    varied.includes(name) ? `several ${name}s` : String(config[name]);
  return `${shared("algorithm")} on ${shared("env")}`;
}
