/** What to try next: the run's own command with other settings. */

import { listAlgorithms } from "../../algorithms/registry.js";
import { listEnvs } from "../../envs/registry.js";
import { trainCommand } from "../../report/train-command.js";
import type { RunRecord } from "../../training/run-record.js";
import { RANGES } from "../ranges.js";

/** Other values of options, by name. */
export type Change = Readonly<Record<string, unknown>>;
type Settings = readonly (readonly [name: string, value: unknown])[];

/** What the commands repeat. Without a config, they are calls with the settings to change. */
export interface Trained {
  readonly config?: RunRecord["config"] | undefined;
  readonly imports?: RunRecord["imports"] | undefined;
}

/**
 * The command that trains again with other options; those that the algorithm does not have are left out. If the run has
 * no command, because its environment or algorithm is registered under no name, the options as they are written in a program.
 */
export function training({ config, imports = [] }: Trained, change: Change, envChange: Change = {}): string {
  if (config === undefined) return inProgram(Object.entries(change), Object.entries(envChange));
  const own = Object.entries(change).filter(([name]) => Object.hasOwn(config.options, name));
  const changed = { ...config.options, ...Object.fromEntries(own) };
  const algorithm = listAlgorithms().find(({ name }) => name === config.algorithm);
  const registered = config.env !== null && listEnvs().some(({ id }) => id === config.env);
  // A rate that is a function is recorded as text, and weights to start from as a digest: neither can be typed.
  const typed = Object.entries(changed).every(
    ([name, value]) => algorithm?.options[name]?.kind !== "schedule" || typeof value === "number",
  );
  if (!(algorithm !== undefined && registered && typed && config.from === null))
    return inProgram(own, Object.entries(envChange));
  const envOptions = { ...config.envOptions, ...envChange };
  const again = { config: { ...config, options: changed, envOptions }, imports, from: null, until: null };
  return trainCommand({ ...again, logs: [], evaluation: null });
}

function inProgram(options: Settings, envOptions: Settings): string {
  return `train({ …${written("options", options)}${written("envOptions", envOptions)} })`;
}

/** `, options: { learningRate: 0.001 }`, or nothing for no settings. */
function written(field: string, settings: Settings): string {
  if (settings.length === 0) return "";
  return `, ${field}: { ${settings.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(", ")} }`;
}

/** A figure with three digits. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** The learning rate by a factor, with two digits, and at least in the range of runs that learn: a third of 0.003 is 0.001. */
export function rateBy({ config }: Trained, factor: number): Change {
  const learningRate = config?.options.learningRate;
  if (typeof learningRate !== "number") return {};
  const { slowest, fastest } = RANGES.healthyRates;
  const rate = factor < 1 ? Math.min(learningRate * factor, fastest) : Math.max(learningRate * factor, slowest);
  return { learningRate: Number(rate.toPrecision(2)) };
}
