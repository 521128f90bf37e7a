/** Reads the file that `VecNormalize.save(path)` of Stable-Baselines3 writes: the statistics of observations. */

import { ConfigError } from "../../errors.js";
import { CorruptFileError } from "../../formats/safetensors.js";
import { CLIP, EPSILON } from "../../running-moments.js";
import { stateOf } from "./gymnasium-space.js";
import { numpyArray, numpyNumber } from "./numpy.js";
import { readPickle } from "./pickle.js";
import { isCall, type Pickled } from "./pickled.js";

/** The mean and variance of each element of an observation. */
export interface ObservationMoments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly count: number;
}

const CLASS = "stable_baselines3.common.vec_env.vec_normalize.VecNormalize";

/**
 * The statistics, or undefined if observations are not normalised.
 *
 * @throws CorruptFileError for anything but a pickled VecNormalize
 * @throws ConfigError if it clips or divides otherwise than Ascent's policies do
 */
export function readVecNormalize(bytes: Uint8Array): ObservationMoments | undefined {
  const object = readPickle(bytes);
  const attributes = isCall(object) && object.name === CLASS ? stateOf(object.state) : undefined;
  if (attributes === undefined) throw new CorruptFileError("this is not a file of VecNormalize.save");
  if (attributes.get("norm_obs") === false) return undefined;
  require("clip_obs", attributes.get("clip_obs"), CLIP);
  require("epsilon", attributes.get("epsilon"), EPSILON);
  const statistics = attributes.get("obs_rms");
  const state = isCall(statistics) ? stateOf(statistics.state) : undefined;
  if (state === undefined) throw new CorruptFileError("this VecNormalize has no obs_rms for a whole observation");
  return {
    mean: numpyArray("obs_rms.mean", state.get("mean")).values,
    variance: numpyArray("obs_rms.var", state.get("var")).values,
    count: numpyNumber("obs_rms.count", state.get("count")),
  };
}

function require(field: string, value: Pickled | undefined, wanted: number): void {
  const given = numpyNumber(field, value);
  if (given === wanted) return;
  throw new ConfigError({ field: `VecNormalize.${field}`, given, allowed: `${wanted}, which Ascent's policies use` });
}
