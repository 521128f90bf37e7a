import { algorithmEntry } from "../algorithms/registry.js";
import { envEntry } from "../envs/registry.js";
import { presetFor } from "../training/config.js";
import { requireEnvName } from "../training/env-name.js";
import { runOptions } from "../training/run-options.js";
import type { RunRecord } from "../training/run-record.js";
import { differingFlags } from "./differing-flags.js";
import { flagName, flagText, shellWord } from "./flag-text.js";

/** The command that makes a run again. Settings that have their default value are left out, except for the seed. */
export function trainCommand({
  config,
  imports,
  from,
  until,
  logs,
  evaluation,
}: Pick<RunRecord, "config" | "imports" | "from" | "until" | "logs" | "evaluation">): string {
  const { algorithm, preset, stopWhenSolved, seed, episodes, steps } = config;
  const env = requireEnvName(config, "its command");
  const own = algorithmEntry(algorithm);
  const usual = presetFor(own, preset, env);
  // If one limit is given, the preset's other one no longer applies.
  const usualBudget = episodes === (usual.episodes ?? null) && steps === (usual.steps ?? null);
  const stop = until ?? (stopWhenSolved === usual.stopWhenSolved ? undefined : stopWhenSolved ? "solved" : "end");
  const given = { preset, seed, episodes: usualBudget ? null : episodes, steps: usualBudget ? null : steps };
  return [
    ...(config.numerics === undefined ? [] : ["ASCENT_NUMERICS=fast"]),
    "npx ascent train",
    ...imports.map(({ module }) => flagText("import", module)),
    `${algorithm} ${shellWord(env)}`,
    // Weights that a program gave have no path.
    ...(config.from === null ? [] : [flagText("from", from ?? "WEIGHTS")]),
    ...differingFlags(given, runOptions(own), { seed: undefined, episodes: null, steps: null }, ""),
    ...(stop === undefined ? [] : [flagText("until", stop)]),
    ...(logs.length === 0 ? [] : [flagText("log", logs)]),
    ...(evaluation === null ? [] : evaluationFlags(evaluation)),
    ...differingFlags(config.options, own.options, usual.options, ""),
    ...differingFlags(config.envOptions, envEntry(env).options, {}, "env."),
  ].join(" ");
}

/** They don't change the weights, but the files of the run. */
function evaluationFlags(evaluation: NonNullable<RunRecord["evaluation"]>): string[] {
  const { every, episodes, deterministic, best, envOptions } = evaluation;
  return [
    flagText("eval-every", every),
    flagText("eval-episodes", episodes),
    ...(deterministic ? [flagText("eval-deterministic", true)] : []),
    ...(best === "evaluation" ? [flagText("best", best)] : []),
    ...Object.entries(envOptions).map(([name, value]) => flagText(`eval-env.${flagName(name)}`, value)),
  ];
}
