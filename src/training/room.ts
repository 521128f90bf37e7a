/** Bounds what a checkpoint's settings ask for by what it holds, before anything of that size is made. */

import type { Algorithm } from "../algorithms/algorithm.js";
import { isBuiltIn } from "../algorithms/entries.js";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Json } from "../envs/env.js";
import { CorruptFileError } from "../formats/safetensors.js";
import type { Checkpoint } from "./checkpoint.js";
import { requireSameSpaces } from "./same-spaces.js";
import type { ResolvedConfig } from "./types.js";
import { roomOf } from "./understood.js";

/** What a checkpoint holds. */
export type Held = Pick<Checkpoint, "arrays" | "state" | "policy">;

/** @throws CorruptFileError unless the checkpoint is of a run with so many environments */
export function requireCopies({ state }: Held, copies: number): void {
  const { collector } = (state ?? {}) as { readonly collector?: { readonly returns?: Json } };
  const returns = collector?.returns;
  if (Array.isArray(returns) && returns.length === copies) return;
  throw new CorruptFileError(`its settings ask for ${copies} environments, and its state is of another number`);
}

/**
 * @throws CorruptFileError if the networks that the settings ask for have more weights than the checkpoint
 * @throws ConfigError if the environment has other spaces
 */
export function requireWeights(
  held: Held,
  { config, algorithm }: { readonly config: ResolvedConfig; readonly algorithm: Algorithm },
  env: Pick<BatchedEnv, "observationSpace" | "actionSpace" | "observationSize">,
): void {
  const builtIn = isBuiltIn(algorithm);
  if (builtIn) requireSameSpaces(env, held.policy ?? undefined);
  const room = roomOf(held.arrays);
  const { policy, memorySize } = config.options;
  const memory = policy === "gru" && typeof memorySize === "number" ? memorySize : 0;
  // Of layers that are not ours it is unknown how many numbers they read.
  const known = builtIn && !config.ownFeatures;
  const inputs = !known ? [] : [memory > 0 ? memory : env.observationSize];
  const require = (name: string, weights: number): void => {
    if (weights <= room) return;
    const given = JSON.stringify(config.options[name]);
    throw new CorruptFileError(`its settings ask for ${name} ${given}, for which it holds too few numbers`);
  };
  require("memorySize", 3 * memory * memory);
  for (const [name, option] of Object.entries(algorithm.options)) {
    const layers = config.options[name] as readonly number[] | null;
    if (option.kind !== "sizes" || layers === null) continue;
    // With some settings there is no value network.
    if (name === "valueHidden" && !held.arrays.has("weights.value.0.weights")) continue;
    const sizes = [...inputs, ...layers];
    require(name, sizes.reduce((total, size, i) => total + size * (sizes[i + 1] ?? 1), 0));
  }
}
