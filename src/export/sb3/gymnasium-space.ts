/** The spaces of Gymnasium (and of Gym before it) in a pickle. */

import { ConfigError } from "../../errors.js";
import { CorruptFileError } from "../../formats/safetensors.js";
import { box, discrete, multiBinary, multiDiscrete, type Space } from "../../spaces/index.js";
import { numpyArray, numpyNumber } from "./numpy.js";
import { isCall, type Pickled } from "./pickled.js";

/**
 * The space that a pickle holds.
 *
 * @throws CorruptFileError for anything but a Box, Discrete, MultiDiscrete or MultiBinary
 * @throws ConfigError for images, which Stable-Baselines3 divides by 255, and choices that begin elsewhere than at 0
 */
export function gymnasiumSpace(name: string, value: Pickled | undefined): Space<unknown> {
  const kind = isCall(value) ? /^gym(?:nasium)?\.spaces\.\w+\.(\w+)$/.exec(value.name)?.[1] : undefined;
  const state = isCall(value) ? stateOf(value.state) : undefined;
  if (kind === undefined || state === undefined) throw new CorruptFileError(`the ${name} is no space of Gymnasium`);
  const field = (key: string): Pickled | undefined => state.get(key);
  const array = (key: string): Float64Array => numpyArray(`${key} of the ${name}`, field(key)).values;
  switch (kind) {
    case "Box": {
      const { shape } = numpyArray(`low of the ${name}`, field("low"));
      const space = box({ low: array("low"), high: array("high"), shape });
      if (shape.length === 3 && space.low.every((low) => low === 0) && space.high.every((high) => high === 255))
        throw new ConfigError({ field: name, given: String(space), allowed: "a Box that is no image" });
      return space;
    }
    case "Discrete":
      if (field("start") !== undefined) requireZeros(name, [numpyNumber(`start of the ${name}`, field("start"))]);
      return discrete(numpyNumber(`n of the ${name}`, field("n")));
    case "MultiDiscrete":
      if (field("start") !== undefined) requireZeros(name, array("start"));
      return multiDiscrete([...array("nvec")]);
    case "MultiBinary":
      return multiBinary(numpyNumber(`n of the ${name}`, field("n")));
    default:
      throw new CorruptFileError(`the ${name} is a ${kind}; allowed is a Box, Discrete, MultiDiscrete or MultiBinary`);
  }
}

function requireZeros(name: string, start: ArrayLike<number>): void {
  if (Array.from(start).every((first) => first === 0)) return;
  throw new ConfigError({ field: `start of the ${name}`, given: start, allowed: "0, as Stable-Baselines3 assumes" });
}

/** The attributes of an object: its state, or the first of two states if it has slots as well. */
export function stateOf(state: Pickled): ReadonlyMap<Pickled, Pickled> | undefined {
  const attributes = Array.isArray(state) ? state[0] : state;
  return attributes instanceof Map ? attributes : undefined;
}
