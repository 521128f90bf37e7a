import type { Policy, Training } from "ascent";
import { rowsOf } from "ascent/policies";
import { noGrad } from "ascent/tensor";
import type { Look, LookedAt, MapAxis } from "../protocol.js";
import { outlooksOf } from "./outlook.js";

/** Asks the present policy about many states at once. Undefined if its distribution is of an unknown kind. */
export function look(training: Training, at: LookedAt): Look | undefined {
  const policy = training.policy as Policy;
  const observations: readonly unknown[] =
    at.kind === "states" ? Array.from({ length: at.count }, (_, state) => state) : gridOf(at);
  const made = rowsOf(policy, observations);
  // States of a map don't follow on each other: each is the first of its episode.
  const sequences = made.sequences && { ...made.sequences, begins: new Uint8Array(observations.length).fill(1) };
  const rows = { ...made, sequences };
  const outlooks = noGrad(() => outlooksOf(policy.distribution(rows), observations.length, policy.describe()?.head));
  if (outlooks === undefined) return undefined;
  const lists = outlooks.map((outlook) =>
    outlook.kind === "choices" ? outlook.probabilities.flat() : [...outlook.mean, ...outlook.deviation],
  );
  return {
    updates: training.updates,
    kind: outlooks[0].kind,
    squashed: outlooks[0].kind === "normal" && outlooks[0].squashed,
    width: lists[0].length,
    numbers: Float32Array.from(lists.flat()),
    values: training.valuesOf?.(rows),
    fresh: sequences !== undefined,
  };
}

/** The middles of size × size cells, from the bottom row to the top. */
function gridOf({ axes, size, base }: Extract<LookedAt, { readonly kind: "grid" }>): Float32Array[] {
  const [across, up] = axes;
  return Array.from({ length: size * size }, (_, cell) => {
    const observation = Float32Array.from(base);
    put(observation, across, ((cell % size) + 0.5) / size);
    put(observation, up, (Math.floor(cell / size) + 0.5) / size);
    return observation;
  });
}

function put(observation: Float32Array, axis: MapAxis, share: number): void {
  const x = axis.low + (axis.high - axis.low) * share;
  if ("index" in axis) observation[axis.index] = x;
  else {
    observation[axis.cos] = Math.cos(x);
    observation[axis.sin] = Math.sin(x);
  }
}
