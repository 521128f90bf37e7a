/** Converts the state of a run to the content of a checkpoint, and back. */

import type { Json } from "../envs/env.js";
import type { NamedArray } from "../formats/safetensors.js";
import type { CollectorState } from "../rollout/collector.js";
import { arrayNamed, arraysToTensors, tensorsToArrays } from "./checkpoint.js";
import type { ContestState } from "./contest.js";
import type { Parts } from "./parts.js";
import type { ProgressState } from "./progress.js";
import { type Spaces, undescribedSpaces } from "./same-spaces.js";
import { momentsOf, named, restoreMoments, weightsOf } from "./state-arrays.js";

/** Everything of a run that is not an array. */
export interface RunState {
  readonly updates: number;
  readonly learnedSteps: number;
  readonly progress: ProgressState;
  readonly actingRng: Json;
  readonly learningRng: Json;
  readonly collector: CollectorState["plain"];
  /** The opponents, where the policy also plays the other side. */
  readonly contest?: ContestState | undefined;
  /** The spaces of a policy that has no description. */
  readonly spaces?: Spaces | undefined;
}

/** The state of the parts, and their arrays. @throws EnvironmentError if the environment can't be saved */
export function partsState({ learner, collector, contest, actingRng, learningRng }: Parts): {
  readonly plain: Pick<RunState, "actingRng" | "learningRng" | "collector" | "contest" | "spaces">;
  readonly arrays: [string, NamedArray][];
} {
  const { plain, arrays } = collector.snapshot();
  const flat = (values: Float32Array | Float64Array): NamedArray => ({ shape: [values.length], values });
  return {
    plain: {
      actingRng: actingRng.snapshot(),
      learningRng: learningRng.snapshot(),
      collector: plain,
      contest: contest?.snapshot(),
      spaces: undescribedSpaces(learner.policy),
    },
    arrays: [
      ...weightsOf(learner.weights),
      ...momentsOf(learner),
      ...learner.optimizers.flatMap((optimizer) => tensorsToArrays("optimizer.", optimizer.state())),
      ...Object.entries(arrays).map(([name, values]): [string, NamedArray] => [`collected.${name}`, flat(values)]),
      ...(contest?.arrays() ?? []),
    ],
  };
}

/** @throws CorruptFileError, RangeError or ConfigError if the state does not fit the parts */
export function restoreParts(
  { learner, collector, contest, actingRng, learningRng }: Parts,
  state: RunState,
  arrays: ReadonlyMap<string, NamedArray>,
): void {
  arraysToTensors(arrays, "weights.", named(learner.weights));
  restoreMoments(arrays, learner);
  for (const optimizer of learner.optimizers) arraysToTensors(arrays, "optimizer.", optimizer.state());
  actingRng.restore(state.actingRng);
  learningRng.restore(state.learningRng);
  if (contest !== undefined) {
    if (state.contest === undefined) throw new RangeError("the opponents of self-play are missing");
    contest.restore(state.contest, arrays);
  }
  const collected = (name: string): Float32Array => arrayNamed(arrays, `collected.${name}`).values as Float32Array;
  collector.restore({
    plain: state.collector,
    arrays: {
      features: collected("features"),
      actions: collected("actions"),
      logProbs: collected("logProbs"),
      masks: collected("masks"),
      memory: collected("memory"),
      exploration: collected("exploration"),
      finalObservations: collected("finalObservations"),
      carriedMemory: collected("carriedMemory"),
      firstMemory: collected("firstMemory"),
      rewards: arrayNamed(arrays, "collected.rewards").values as Float64Array,
    },
  });
}
