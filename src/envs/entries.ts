/**
 * Environments by id. Nothing is registered here: `registry.ts` is this registry with Ascent's own environments, and
 * `ascent/lean` is for programs that register only those that they use.
 */

import { ConfigError, nearest } from "../errors.js";
import { checkValue, real, resolveOptions, type Schema, type Values } from "../options.js";
import { rememberMaker } from "./another.js";
import { type AnyAsyncEnv, isAsync, limitTime } from "./async-env.js";
import { batch } from "./batched/batch.js";
import type { BatchedEnv } from "./batched/batched-env.js";
import { sideBySide } from "./batched/side-by-side.js";
import type { AnyEnv, Value } from "./env.js";
import type { EnvSpec } from "./env-spec.js";
import type { EnvOptions, KnownEnvs, MadeAsyncEnv, MadeEnv } from "./known-envs.js";
import { madeEnv } from "./made-env.js";
import { single } from "./single.js";
import { timeLimitOption } from "./time-limit.js";

/** A registered environment, with every option that `make` takes for it. */
export type EnvEntry = EnvSpec & { readonly summary: string; readonly options: Schema };

const entries = new Map<string, EnvEntry>();
const specs = new Set<object>();

/**
 * Registers an environment under its id, for `make`, `makeBatch`, `train` and the command line:
 * `register({ id: "MyGame-v0", create: () => myGame(), maxEpisodeSteps: 200 })`.
 *
 * Registering the same object again changes nothing.
 *
 * @throws ConfigError if the id is taken, or a number is none
 */
export function register<S extends Schema, Obs extends Value, Act extends Value>(spec: EnvSpec<S, Obs, Act>): void {
  if (specs.has(spec)) return;
  if (typeof spec.id !== "string" || !/^[\w.:/-]+$/.test(spec.id))
    throw new ConfigError({ field: "id", given: spec.id, allowed: "letters, digits and . : / - _, such as MyGame-v0" });
  if (entries.has(spec.id))
    throw new ConfigError({ field: "id", given: spec.id, allowed: "an id that is not registered yet" });
  if (!("create" in spec) && !("dynamics" in spec))
    throw new ConfigError({ field: "create", given: undefined, allowed: "a function that makes the environment" });
  const limit = timeLimitOption(spec.maxEpisodeSteps);
  checkValue("maxEpisodeSteps", limit, limit.default);
  const { rewardThreshold, framesPerSecond } = spec;
  if (rewardThreshold !== undefined) checkValue("rewardThreshold", real(0, { help: "" }), rewardThreshold);
  if (framesPerSecond !== undefined) checkValue("framesPerSecond", real(30, { min: 0.1, help: "" }), framesPerSecond);
  specs.add(spec);
  entries.set(spec.id, { ...spec, summary: spec.summary ?? "", options: { ...spec.options, maxEpisodeSteps: limit } });
}

/** Every registered environment, in the order of registration. */
export function listEnvs(): readonly EnvEntry[] {
  return [...entries.values()];
}

/** The entry of this id. @throws ConfigError for an unknown id, with the nearest known one */
export function envEntry(id: string): EnvEntry {
  const entry = entries.get(id);
  if (entry === undefined) {
    const ids = [...entries.keys()];
    const allowed = ids.length === 0 ? "the id of an environment that was registered" : `one of ${ids.join(", ")}`;
    throw new ConfigError({ field: "env", given: id, allowed, nearest: nearest(id, ids) });
  }
  return entry;
}

/**
 * Makes a registered environment: `make("Pendulum-v1", { g: 9.81 })`. The option `maxEpisodeSteps`, which every
 * environment has, overrides the registered time limit.
 *
 * @throws ConfigError for an asynchronous environment: `makeAsync` makes those
 */
export function make<Id extends keyof KnownEnvs | (string & {})>(id: Id, options?: EnvOptions<Id>): MadeEnv<Id>;
export function make(id: string, options: Readonly<Record<string, unknown>> = {}): AnyEnv {
  const env = makeRegistered(id, options);
  if (!isAsync(env)) return env;
  const allowed = "an environment that answers at once; makeAsync(id) makes this one";
  throw new ConfigError({ field: "make", given: id, allowed });
}

/**
 * As `make`, for an asynchronous environment: `makeAsync("Remote-v0")`.
 *
 * @throws ConfigError for an environment that answers at once
 */
export function makeAsync<Id extends keyof KnownEnvs | (string & {})>(
  id: Id,
  options?: EnvOptions<Id>,
): MadeAsyncEnv<Id>;
export function makeAsync(id: string, options: Readonly<Record<string, unknown>> = {}): AnyAsyncEnv {
  const env = makeRegistered(id, options);
  if (isAsync(env)) return env;
  const allowed = "an asynchronous environment; make(id) makes this one";
  throw new ConfigError({ field: "makeAsync", given: id, allowed });
}

/** Makes a registered environment of either form. */
export function makeRegistered(id: string, options: Readonly<Record<string, unknown>>): AnyEnv | AnyAsyncEnv {
  const entry = envEntry(id);
  const { maxEpisodeSteps, own } = resolved(entry, options);
  const env = "create" in entry ? madeEnv(entry.create(own)) : (single(entry.dynamics(1, own)) as AnyEnv);
  const made = limitTime(env, maxEpisodeSteps);
  if (!isAsync(made)) rememberMaker(made, () => make(id, { ...options }));
  return made;
}

/**
 * `n` copies that step together. Equations are computed for all copies at once, other environments step in turn.
 *
 * @throws ConfigError for an asynchronous environment: only training steps copies of those together
 */
export function makeBatch(id: string, n: number, options: Readonly<Record<string, unknown>> = {}): BatchedEnv {
  if (!Number.isSafeInteger(n) || n < 1)
    throw new ConfigError({ field: "n", given: n, allowed: "a whole number of at least 1" });
  const entry = envEntry(id);
  const { maxEpisodeSteps, own } = resolved(entry, options);
  if (!("create" in entry)) return sideBySide(entry.dynamics(n, own), maxEpisodeSteps);
  return batch(n, () => {
    const env = makeRegistered(id, options);
    if (!isAsync(env)) return env;
    const allowed = "an environment that answers at once: only training steps copies of an asynchronous one together";
    throw new ConfigError({ field: "makeBatch", given: id, allowed });
  });
}

/** Separates the time limit from the environment's own options, and checks both. */
function resolved(
  entry: EnvEntry,
  options: Readonly<Record<string, unknown>>,
): { maxEpisodeSteps: number; own: Values<Schema> } {
  const { maxEpisodeSteps, ...own } = resolveOptions(entry.options, options);
  return { maxEpisodeSteps: maxEpisodeSteps as number, own };
}
