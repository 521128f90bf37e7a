/** Starts a new run from learned weights: those of policy and value function, and the normaliser's statistics. */

import type { Learner } from "../algorithms/algorithm.js";
import { ConfigError } from "../errors.js";
import type { NamedArray } from "../formats/safetensors.js";
import { architectureOf, type PolicyArchitecture } from "../policies/architecture.js";
import { decodeCheckpoint } from "./checkpoint.js";
import { arraysDigest, restoreNormaliser } from "./state-arrays.js";
import type { ResolvedConfig, Training } from "./types.js";

/** The weights of another run. */
export interface LearnedWeights {
  /** The digest of all weights, as in `RunResult.weightsSha256`. */
  readonly sha256: string;
  readonly config: ResolvedConfig;
  /** The architecture of its policy, or null if a part has no description. */
  readonly architecture: PolicyArchitecture | null;
  /** The weights by name. The bytes of `bestPolicy()` have those of the policy only. */
  readonly weights: ReadonlyMap<string, NamedArray>;
  /** Every array of the checkpoint. */
  readonly arrays: ReadonlyMap<string, NamedArray>;
}

/** Reads the weights of a run or of a checkpoint. @throws ConfigError for anything else @throws CorruptFileError */
export function readWeights(from: Uint8Array | Training): LearnedWeights {
  const { config, policy: architecture, arrays } = decodeCheckpoint(bytesOf(from));
  const weights = Array.from(arrays).flatMap(([name, array]): [string, NamedArray][] =>
    name.startsWith("weights.") ? [[name.slice("weights.".length), array]] : [],
  );
  return {
    sha256: arraysDigest(weights.map(([, { values }]) => values)),
    config,
    architecture,
    weights: new Map(weights),
    arrays,
  };
}

/**
 * Writes learned weights to a new learner. The names and shapes of the policy's weights must match, and so must those of
 * the value function's weights if both sides have a value function.
 *
 * @throws ConfigError naming the weight, both shapes and the option to set
 */
export function warmStart(learner: Learner, config: ResolvedConfig, from: LearnedWeights): void {
  const parameters = learner.policy.parameters();
  const others = learner.weights.filter((weight) => !parameters.includes(weight));
  requireAlike(learner, config, from);
  // A layer that only the other policy has is a mismatch too.
  const theirs = from.architecture?.layers.flatMap((layer) => layer.names) ?? [];
  const names = new Set([...parameters.map(({ name }) => name ?? ""), ...theirs]);
  const policy = new Map(Array.from(from.weights).filter(([name]) => names.has(name)));
  const rest = new Map(Array.from(from.weights).filter(([name]) => !names.has(name)));
  copy(parameters, policy);
  if (others.length > 0 && rest.size > 0) copy(others, rest);
  restoreNormaliser(from.arrays, learner.policy);

  function copy(weights: Learner["weights"], learned: ReadonlyMap<string, NamedArray>): void {
    const names = new Set([...weights.map(({ name }) => name ?? ""), ...learned.keys()]);
    for (const name of names) {
      const ours = weights.find((weight) => weight.name === name);
      const theirs = learned.get(name);
      if (ours !== undefined && theirs !== undefined && ours.shape.join() === theirs.shape.join()) continue;
      const allowed = `${name} as ${shapeOf(ours)}, which this run has; ${advice(config, from)}`;
      throw new ConfigError({ field: "from", given: `${name} as ${shapeOf(theirs)}`, allowed });
    }
    for (const weight of weights) weight.set(learned.get(weight.name ?? "")?.values ?? []);
  }
}

/** Normaliser and head must match as well: with different ones, the same weights compute something else. */
function requireAlike({ policy }: Learner, config: ResolvedConfig, from: LearnedWeights): void {
  const ours = architectureOf(policy);
  const theirs = from.architecture;
  if (ours === null || theirs === null) return;
  for (const part of ["normaliseObservations", "memory", "head"] as const) {
    if (same(ours[part], theirs[part])) continue;
    const allowed = `a policy with ${part} ${JSON.stringify(ours[part])}, as this run's; ${advice(config, from)}`;
    throw new ConfigError({ field: "from", given: `one with ${JSON.stringify(theirs[part])}`, allowed });
  }
}

/** Names the options to set so that the weights fit, or the environment if the options agree. */
function advice(config: ResolvedConfig, from: LearnedWeights): string {
  const theirs = from.config.options;
  const differing = Object.keys(theirs).filter(
    (name) => name in config.options && SHAPING.includes(name) && !same(config.options[name], theirs[name]),
  );
  if (differing.length === 0) return "the environments, or the kinds of network, are not the same";
  const settings = differing.map((name) => `${name}: ${JSON.stringify(theirs[name])}`);
  return `set options: { ${settings.join(", ")} }`;
}

/** The options of built-in algorithms that determine names and shapes of weights. */
const SHAPING = [
  "hidden",
  "valueHidden",
  "trunk",
  "policy",
  "memorySize",
  "continuous",
  "noiseSteps",
  "scaleActions",
  "normaliseObservations",
];

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function shapeOf(weight: { readonly shape: readonly number[] } | undefined): string {
  return weight === undefined ? "nothing" : `[${weight.shape.join(", ")}]`;
}

function bytesOf(from: Uint8Array | Training): Uint8Array {
  if (from instanceof Uint8Array) return from;
  if (typeof from === "object" && typeof from.checkpoint === "function") return from.checkpoint();
  const allowed = "a run, or the bytes of its checkpoint() or bestPolicy()";
  throw new ConfigError({ field: "from", given: from, allowed });
}
