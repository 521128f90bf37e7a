/** Returns are subtracted from their mean. */
import { normalise as right } from "../solution.js";

export function normalise(returns: readonly (readonly number[])[]): number[][] {
  return right(returns).map((episode) => episode.map((value) => -value));
}
