/** What to try next: the run's own command with other settings. */

import { listAlgorithms } from "../../algorithms/registry.js";
import { listEnvs } from "../../envs/registry.js";
import { trainCommand } from "../../report/train-command.js";
import type { RunRecord } from "../../training/run-record.js";
import type { Finding, SettingsToTry } from "../finding.js";
import { RANGES } from "../ranges.js";

/** Other values of options, by name. */
export type Change = Readonly<Record<string, unknown>>;

/** What the commands repeat. Without a config, they are calls with the settings to change. */
export interface Trained {
  readonly config?: RunRecord["config"] | undefined;
  readonly imports?: RunRecord["imports"] | undefined;
}

/**
 * The command that trains again with other options, and these options for a program; those that the algorithm does not have,
 * or that have this value already, are left out. If the run has no command, because its environment or algorithm is
 * registered under no name, the command is the options as they are written in a program.
 */
export function training(run: Trained, change: Change, envChange: Change = {}): Pick<Finding, "tryNext" | "settings"> {
  const settings = {
    options: run.config === undefined ? change : differing(change, run.config.options),
    envOptions: run.config === undefined ? envChange : differing(envChange, run.config.envOptions),
  };
  const isChange = Object.keys({ ...settings.options, ...settings.envOptions }).length > 0;
  return { tryNext: commandWith(run, settings) ?? inProgram(settings), settings: isChange ? settings : undefined };
}

/** The settings that there are, with another value than before. */
function differing(change: Change, before: Change): Change {
  return Object.fromEntries(
    Object.entries(change).filter(
      ([name, value]) => Object.hasOwn(before, name) && JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
}

/** The command of the run with these settings; undefined if it has none. */
function commandWith({ config, imports = [] }: Trained, settings: SettingsToTry): string | undefined {
  if (config === undefined) return undefined;
  const options = { ...config.options, ...settings.options };
  const algorithm = listAlgorithms().find(({ name }) => name === config.algorithm);
  const registered = config.env !== null && listEnvs().some(({ id }) => id === config.env);
  // A rate that is a function is recorded as text, and weights to start from as a digest: neither can be typed.
  const typed = Object.entries(options).every(
    ([name, value]) => algorithm?.options[name]?.kind !== "schedule" || typeof value === "number",
  );
  if (!(algorithm !== undefined && registered && typed && config.from === null)) return undefined;
  const envOptions = { ...config.envOptions, ...settings.envOptions };
  const again = { config: { ...config, options, envOptions }, imports, from: null, until: null };
  return trainCommand({ ...again, logs: [], evaluation: null });
}

function inProgram({ options, envOptions }: SettingsToTry): string {
  return `train({ …${written("options", options)}${written("envOptions", envOptions)} })`;
}

/** `, options: { learningRate: 0.001 }`, or nothing for no settings. */
function written(field: string, settings: Change): string {
  const entries = Object.entries(settings);
  if (entries.length === 0) return "";
  return `, ${field}: { ${entries.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(", ")} }`;
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
