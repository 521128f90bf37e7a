/** Runs one probe: trains the algorithm in its world, and measures. */

import type { Algorithm } from "../../algorithms/algorithm.js";
import { ConfigError } from "../../errors.js";
import { resolveOptions, type Schema } from "../../options.js";
import { presetFor } from "../../training/config.js";
import { evaluate } from "../../training/evaluate.js";
import { trainNamed } from "../../training/train.js";
import type { NamedConfig, Training } from "../../training/types.js";
import { Notes } from "./notes.js";
import type { PlayProbe, Probe, ProbeCheck, ProbeResult, ValueProbe } from "./probe.js";
import { type Watch, watched } from "./watched.js";
import { worldOf } from "./world.js";

/** Which settings to probe: those of `train`. */
export interface ProbeOptions {
  readonly preset?: string | undefined;
  /** Options of the algorithm. Some probes set one of them themselves, such as `gamma`. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  readonly seed?: number | bigint | undefined;
  /** The names of the probes to run. Default: all. */
  readonly probes?: readonly string[] | undefined;
}

/** A probe trains for at least so many updates, however large a batch is, and at most so many, however small. */
const UPDATES = { least: 5, most: 500 };
/** Episodes that the trained policy plays. */
const EPISODES = 500;

/** @throws ConfigError where the given settings are wrong or contradict each other */
export function runProbe(probe: Probe, algorithm: Algorithm, given: ProbeOptions): ProbeResult {
  const { name, world, means, lookAt } = probe;
  const result = (outcome: ProbeResult["outcome"], checks: readonly ProbeCheck[], reason?: string): ProbeResult => {
    return { probe: name, world, outcome, checks, reason, means, lookAt };
  };
  const lacking = lackingOption(probe, algorithm);
  if (lacking !== undefined) return result("not applicable", [], lacking);
  const own = ownSettings(probe, algorithm);
  const watch: Watch = { learner: undefined, values: new Map() };
  try {
    const options = { ...granted(probe.defaults, algorithm), ...given.options, ...own };
    const run = trainNamed(configOf(probe, algorithm, { ...given, options }, watch));
    const missing = missingPart(probe, watch);
    if (missing !== undefined) return result("not applicable", [], missing);
    for (const _ of run);
    const checks = probe.measures === "values" ? valueChecks(probe, watch) : playChecks(probe, run, given);
    return result(checks.every(holds) ? "passed" : "failed", checks);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof ConfigError && SPACES.includes(error.field))
      return result("not applicable", [], error.message);
    // The caller's options contradict each other. With options of the probe among them, it is the probe that can't be run.
    if (error instanceof ConfigError && Object.keys(own).length === 0) throw error;
    return result("failed", [], error.message);
  }
}

/** Fields of errors about an environment that an algorithm or its policy is not made for. */
const SPACES = ["observationSpace", "actionSpace", "actionMask"];

/** Why the algorithm can't be set as the probe needs it. */
function lackingOption({ settings = {} }: Probe, { options }: Algorithm): string | undefined {
  const lacking = Object.entries(settings).find(([name, value]) => !takes(options, name, value));
  return lacking && `it has no option ${lacking[0]} that can be ${lacking[1]}`;
}

/** Whether an algorithm has this option, and with this choice. */
function takes(options: Schema, name: string, value: unknown): boolean {
  if (!Object.hasOwn(options, name)) return false;
  const option = options[name];
  return option.kind !== "choice" || option.choices.some((one) => one === value);
}

/** The options that the probe sets, as far as the algorithm has them. */
function ownSettings({ settings, wishes }: Probe, algorithm: Algorithm): Record<string, unknown> {
  return { ...granted(wishes, algorithm), ...settings };
}

/** Those of the options that the algorithm has. */
function granted(wishes: Probe["wishes"] = {}, { options }: Algorithm): Record<string, unknown> {
  return Object.fromEntries(Object.entries(wishes).filter(([name, value]) => takes(options, name, value)));
}

function configOf(probe: Probe, algorithm: Algorithm, given: ProbeOptions, watch: Watch): NamedConfig {
  const targets = probe.measures === "values" ? probe.targets : [];
  const env = () => worldOf(probe.rules(() => {}));
  const { preset = "default", seed, options = {} } = given;
  const config = { env, preset, seed, options, stopWhenSolved: false };
  const settings = { ...presetFor(algorithm, preset, null).options, ...options };
  const collect = algorithm.collect(resolveOptions(algorithm.options, settings));
  const batch = "envs" in collect ? collect.steps * collect.envs : collect.episodes;
  const steps = Math.min(Math.max(probe.steps, UPDATES.least * batch), UPDATES.most * batch);
  return { ...config, algorithm: watched(algorithm, watch, targets), steps };
}

function missingPart(probe: Probe, { learner }: Watch): string | undefined {
  if (probe.measures === "values")
    return learner?.valuesOf === undefined ? "its learner has no value function (valuesOf)" : undefined;
  return probe.memory && learner?.policy.memory === undefined ? "its policy has no memory" : undefined;
}

function valueChecks({ targets }: ValueProbe, { values }: Watch): ProbeCheck[] {
  return targets.map((target) => {
    const { of, expected, within } = target;
    return { of, expected, within, seen: values.get(target) ?? Number.NaN };
  });
}

function playChecks(
  { targets, rules, measures }: PlayProbe,
  { policy }: Training,
  { seed }: ProbeOptions,
): ProbeCheck[] {
  const notes = new Notes();
  evaluate(policy, () => worldOf(rules((of, value) => notes.add(of, value))), {
    episodes: EPISODES,
    seed,
    deterministic: measures === "likeliest",
  });
  return targets.map((target) => ({ ...target, seen: notes.mean(target.of) }));
}

function holds({ seen, expected, within }: ProbeCheck): boolean {
  return Math.abs(seen - expected) <= within;
}
