/** Evaluations in the course of a run: their options, and the environment that they play in. */

import { type AnyAsyncEnv, isAsync } from "../envs/async-env.js";
import type { AnyEnv } from "../envs/env.js";
import { makeFrom, sourceOptions } from "../envs/env-source.js";
import { ConfigError } from "../errors.js";
import { checkValue, choice, flag, int, optional, requireKnown } from "../options.js";
import { requireFitting } from "../policies/fitting.js";
import type { RunRecord } from "../training/run-record.js";
import type { Training } from "../training/types.js";

/** Of a new run. A resumed one goes on as it began. */
export interface EvaluationOptions {
  /** Evaluates the policy after so many steps, again and again, on episodes of its own. Training has the same bits. */
  readonly evalEvery?: number | undefined;
  /** The episodes of each evaluation. Default: 20. */
  readonly evalEpisodes?: number | undefined;
  /** Whether evaluations take the likeliest actions instead of drawing them. */
  readonly evalDeterministic?: boolean | undefined;
  /**
   * Options of the environment that evaluations play in, by name, where they differ from those of the run. `evalEnv` of
   * `SaveOptions` makes any other environment.
   */
  readonly evalEnvOptions?: Readonly<Record<string, unknown>> | undefined;
  /** What the best policy is the best in: 20 training episodes in a row (the default), or an evaluation. */
  readonly best?: "training" | "evaluation" | undefined;
}

/** `ascent train` derives flags from it, and from the options of the environment: `--eval-env.max-episode-steps`. */
export const evaluationOptions = {
  evalEvery: optional(
    int(10_000, {
      min: 1,
      max: 1e12,
      help: "evaluate the policy after so many steps, again and again, on episodes of its own; training is unaffected",
    }),
  ),
  evalEpisodes: optional(int(20, { min: 1, max: 1e7, help: "with --eval-every: episodes of each; 20 otherwise" })),
  evalDeterministic: optional(flag(false, { help: "with --eval-every: take the likeliest actions" })),
  best: optional(
    choice<"training" | "evaluation">("training", {
      choices: ["training", "evaluation"],
      help: "save the policy that was best in 20 training episodes in a row (the default), or in an evaluation",
    }),
  ),
} as const;

type Settings = RunRecord["evaluation"];
export type MakeEvalEnv = () => AnyEnv | AnyAsyncEnv;

/** The settings with their defaults, or null without evaluations. @throws ConfigError naming the option */
export function resolveEvaluation(given: EvaluationOptions): Settings {
  for (const [name, option] of Object.entries(evaluationOptions)) {
    const value = given[name as keyof EvaluationOptions];
    if (value !== undefined) checkValue(name, option, value);
  }
  const { evalEvery: every, evalEpisodes: episodes = 20, evalDeterministic: deterministic = false } = given;
  const { best = "training", evalEnvOptions } = given;
  if (evalEnvOptions !== undefined && (typeof evalEnvOptions !== "object" || evalEnvOptions === null))
    throw new ConfigError({ field: "evalEnvOptions", given: evalEnvOptions, allowed: "an object of options by name" });
  if (every !== undefined) return { every, episodes, deterministic, best, envOptions: { ...evalEnvOptions } };
  const { evalEpisodes, evalDeterministic } = given;
  const alone = { evalEpisodes, evalDeterministic, evalEnvOptions, best: best === "training" ? undefined : best };
  for (const [field, value] of Object.entries(alone)) {
    if (value !== undefined)
      throw new ConfigError({ field, given: value, allowed: "nothing, unless evalEvery is set" });
  }
  return null;
}

/**
 * What makes the environments of evaluations: `given`, or else `make` with the run's id and options, of which those of
 * the evaluations replace some.
 *
 * @throws ConfigError if there is no way to make one, or it is not like the run's own
 */
export function evalEnvOf(
  { config, asynchronous, policy }: Training,
  { envOptions }: NonNullable<Settings>,
  given: MakeEvalEnv | undefined,
): MakeEvalEnv {
  const { env } = config;
  if (given !== undefined && Object.keys(envOptions).length > 0)
    throw new ConfigError({ field: "evalEnvOptions", given: envOptions, allowed: "nothing beside evalEnv" });
  if (given === undefined && env === null) {
    const allowed = "evalEnv: () => …, as this run's environment was given by a function, which evaluations need too";
    throw new ConfigError({ field: "evalEnv", given, allowed });
  }
  if (given !== undefined && typeof given !== "function")
    throw new ConfigError({ field: "evalEnv", given, allowed: "a function that makes an environment" });
  const source = given ?? (env as string);
  const options = given === undefined || env === null ? { ...config.envOptions, ...envOptions } : {};
  if (given === undefined) requireKnown(envOptions, Object.keys(sourceOptions(source)), "evalEnvOptions");
  const make = () => namingOptions(() => makeFrom(source, options));
  const made = make();
  if (isAsync(made) !== asynchronous) {
    const kind = (late: boolean): string => (late ? "an asynchronous environment" : "one that answers at once");
    throw new ConfigError({
      field: "evalEnv",
      given: kind(!asynchronous),
      allowed: `${kind(asynchronous)}, as in training`,
    });
  }
  requireFitting(policy, made);
  return make;
}

/** The run's own options are checked before, so an error is about those of the evaluations. */
function namingOptions<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof ConfigError
      ? error.renamed(error.field.replace(/^(envOptions|options)\./, "evalEnvOptions."))
      : error;
  }
}
