/**
 * The one training loop. It prints nothing, writes nothing, reads no clock: the caller iterates, looks, saves and stops.
 *
 *   for (const update of train({ env: "CartPole-v1" })) console.log(update.averageReturn);
 */

import { arraysToTensors, type Checkpoint, decodeCheckpoint } from "./checkpoint.js";
import { algorithmEntry } from "../algorithms/registry.js";
import { resolveConfig } from "./config.js";
import { make } from "../envs/registry.js";
import { ConfigError } from "../errors.js";
import type { ResumeOptions } from "./extended-config.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng } from "../random/index.js";
import { named, restoreMoments } from "./state-arrays.js";
import { learnerFor, Run, type RunState, streams } from "./run.js";
import type { MakeEnvironments } from "../rollout/environments.js";
import { CorruptFileError } from "../formats/safetensors.js";
import type { ResolvedConfig, TrainConfig, Training } from "./types.js";

/** What a run is given besides its settings: nothing here changes a bit of what it computes. */
export interface TrainParts {
  /** Where the environments live; in this thread unless given. `ascent/node` has a way to spread them over threads. */
  readonly environments?: MakeEnvironments;
}

/** Starts a run. @throws ConfigError naming the field, for anything unknown or out of range; nothing has happened then */
export function train(config: TrainConfig = {}, { environments }: TrainParts = {}): Training {
  const run = new Run(resolveConfig(config), environments);
  if (config.from !== undefined) run.startFrom(config.from);
  return run;
}

/**
 * Goes on from the bytes of `checkpoint()`, exactly as the run that made them would have. With another budget the run
 * is longer or shorter from there on, and settings that change over a run follow their share of the new budget.
 * @throws CorruptFileError where they are not such bytes
 * @throws ConfigError where their environment is not registered, or the new budget is less than what is done already
 */
export function resume(
  bytes: Uint8Array,
  { environments, episodes, steps, stopWhenSolved }: TrainParts & ResumeOptions = {},
): Training {
  const checkpoint = decodeCheckpoint(bytes, "run");
  const resumed = understood(() => {
    const run = new Run(configOf(checkpoint), environments);
    run.restore(checkpoint.state as unknown as RunState, checkpoint.arrays);
    // What was lost or bent on the way in is missing on the way out.
    const again = run.checkpoint();
    if (again.length !== bytes.length || again.some((byte, i) => byte !== bytes[i])) {
      throw new CorruptFileError("its settings or its state are not as this version of Ascent writes them");
    }
    return run;
  });
  resumed.extend({ episodes, steps, stopWhenSolved });
  return resumed;
}

/** The policy of a run's checkpoint or of `bestPolicy()`, ready to act. @throws CorruptFileError @throws ConfigError as for `resume` */
export function loadPolicy(
  bytes: Uint8Array,
  kind: "run" | "policy" = "policy",
): { policy: Policy; config: ResolvedConfig } {
  const checkpoint = decodeCheckpoint(bytes, kind);
  return understood(() => {
    const config = configOf(checkpoint);
    const { policy } = learnerFor(config, make(config.env, config.envOptions), defaultRng(streams(config)[1]));
    arraysToTensors(checkpoint.arrays, "weights.", named(policy.parameters()));
    restoreMoments(checkpoint.arrays, { policy });
    return { policy, config };
  });
}

/** The settings of a checkpoint, checked as if they had been typed, before anything as large as they say is made. */
function configOf({ config: claimed, arrays }: Checkpoint): ResolvedConfig {
  const config = resolveConfig({ ...claimed, seed: BigInt(claimed.seed) });
  const room = Array.from(arrays.values()).reduce((total, { values }) => total + values.length, 0);
  for (const [name, option] of Object.entries(algorithmEntry(config.algorithm).options)) {
    if (option.kind !== "sizes") continue;
    const layers = config.options[name] as readonly number[];
    const weights = layers.reduce((total, size, i) => total + size * (layers[i + 1] ?? 1), 0);
    if (weights > room)
      throw new CorruptFileError(`its settings ask for ${name} ${layers}, for which it holds too few numbers`);
  }
  return config;
}

/**
 * Runs what reads the content of a checkpoint: whatever it trips over means that the content is not what it should be, but
 * for an environment that nobody has registered here.
 */
function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError && error.field === "env") throw error;
    throw new CorruptFileError(`this is not a usable checkpoint: ${(error as Error).message}`, { cause: error });
  }
}
