/**
 * The one training loop. It prints nothing, writes nothing, reads no clock: the caller iterates, looks, saves and stops.
 *
 *   for (const update of train({ env: "CartPole-v1" })) console.log(update.averageReturn);
 */

import type { AlgorithmChoice } from "../algorithms/known-algorithms.js";
import { ConfigError } from "../errors.js";
import { CorruptFileError } from "../formats/safetensors.js";
import { policyFrom } from "../policies/architecture.js";
import type { Policy } from "../policies/policy.js";
import { defaultRng } from "../random/index.js";
import type { MakeEnvironments } from "../rollout/environments.js";
import { arraysToTensors, type Checkpoint, decodeCheckpoint } from "./checkpoint.js";
import { deepFreeze } from "./deep-freeze.js";
import type { ResumeOptions } from "./extended-config.js";
import { streams } from "./parts.js";
import { Run } from "./run.js";
import { isConfig } from "./run-record.js";
import type { RunState } from "./run-state.js";
import { type Code, type Setup, setUp, setUpAgain } from "./setup.js";
import { named, restoreMoments } from "./state-arrays.js";
import type { EnvChoice, NamedConfig, ResolvedConfig, TrainConfig, Training, TrainingIn } from "./types.js";

/** What a run is given besides its settings: nothing here changes a bit of what it computes. */
export interface TrainParts {
  /** Where the environments live; in this thread unless given. `ascent/node` has a way to spread them over threads. */
  readonly environments?: MakeEnvironments | undefined;
}

/** What `resume` is given besides bytes: what a checkpoint can't hold. */
export type ResumeParts = TrainParts & Code;

/** Starts a run. @throws ConfigError naming the field, for anything unknown or out of range; nothing has happened then */
export function train<A extends AlgorithmChoice = "reinforce", E extends EnvChoice = "CartPole-v1">(
  config?: TrainConfig<A, E>,
  parts?: TrainParts,
): TrainingIn<E>;
export function train(config: NamedConfig = {}, parts?: TrainParts): Training {
  return trainNamed(config, parts);
}

/** As `train`, for names and options that are known only when the program runs, such as those of a command line. */
export function trainNamed(config: NamedConfig = {}, { environments }: TrainParts = {}): Training {
  return new Run(setUp(config), environments);
}

/**
 * Goes on from the bytes of `checkpoint()`, exactly as the run that made them would have. With another budget the run
 * is longer or shorter from there on, and settings that change over a run follow their share of the new budget.
 * @throws CorruptFileError where they are not such bytes
 * @throws ConfigError where their environment or their algorithm is not registered, and was not given, or the new budget is less
 * than what is done already
 */
export function resume(
  bytes: Uint8Array,
  { environments, episodes, steps, stopWhenSolved, ...code }: ResumeParts & ResumeOptions = {},
): Training {
  const checkpoint = decodeCheckpoint(bytes, "run");
  const resumed = understood(() => {
    const run = new Run(setUpFor(checkpoint, code), environments);
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

/**
 * Begins a run again from its settings, for one that was stopped before its first checkpoint.
 * @throws ConfigError as for `resume`, and where the run began with weights of another
 */
export function restart(config: ResolvedConfig, { environments, ...code }: ResumeParts = {}): Training {
  if (config.from !== null) {
    const allowed = "a run with a checkpoint: this one began with the weights of another, which it has lost";
    throw new ConfigError({ field: "resume", given: "a run without a checkpoint", allowed });
  }
  return new Run(setUpAgain(config, code), environments);
}

/**
 * The policy in the bytes of `bestPolicy()`, `weights()` or `checkpoint()`, ready to act: that takes neither its algorithm nor its environment.
 * @throws CorruptFileError where they are not such bytes
 */
export function loadPolicy(bytes: Uint8Array): { policy: Policy; config: ResolvedConfig } {
  const { config, policy: architecture, arrays } = decodeCheckpoint(bytes);
  return understood(() => {
    if (!isConfig(config)) throw new CorruptFileError("its settings are not those of a run");
    if (architecture === null)
      throw new ConfigError({
        field: "policy",
        given: "a policy with parts of its author's own",
        allowed: "a policy whose network and head have a describe()",
      });
    const policy = policyFrom(architecture, defaultRng(streams(config)[1]), roomOf(arrays));
    arraysToTensors(arrays, "weights.", named(policy.parameters()));
    restoreMoments(arrays, { policy });
    return { policy, config: deepFreeze(config) };
  });
}

/** The settings of a checkpoint, checked before anything as large as they say is made. */
function setUpFor({ config: claimed, arrays }: Checkpoint, code: Code): Setup {
  if (!isConfig(claimed)) throw new CorruptFileError("its settings are not those of a run");
  const setup = setUpAgain(claimed, code);
  for (const [name, option] of Object.entries(setup.algorithm.options)) {
    const layers = setup.config.options[name] as readonly number[] | null;
    if (option.kind !== "sizes" || layers === null) continue;
    // Some settings do without a value network.
    if (name === "valueHidden" && !arrays.has("weights.value.0.weights")) continue;
    const weights = layers.reduce((total, size, i) => total + size * (layers[i + 1] ?? 1), 0);
    if (weights > roomOf(arrays))
      throw new CorruptFileError(`its settings ask for ${name} ${layers}, for which it holds too few numbers`);
  }
  return setup;
}

/** How many numbers a checkpoint holds. */
function roomOf(arrays: Checkpoint["arrays"]): number {
  return Array.from(arrays.values()).reduce((total, { values }) => total + values.length, 0);
}

/**
 * Runs what reads the content of a checkpoint: whatever it trips over means that the content is not what it should be, but
 * for code that was not given and is not registered here.
 */
function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError && ["env", "algorithm", "features", "policy"].includes(error.field)) throw error;
    throw new CorruptFileError(`this is not a usable checkpoint: ${(error as Error).message}`, { cause: error });
  }
}
