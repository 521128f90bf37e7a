/** Rows from observations, to ask a policy or a value function about states without acting in them. */

import { ConfigError } from "../errors.js";
import { f32 } from "../kernels/memory.js";
import type { ActionMask } from "../spaces/action-mask.js";
import { flatSize } from "../spaces/index.js";
import { maskReader } from "../spaces/mask.js";
import { Tensor, tensor, zeros } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";
import { writeObservation } from "./observed.js";
import type { Policy } from "./policy.js";
import type { Rows } from "./rows.js";

/**
 * The rows of these observations for `policy.distribution` and `run.valuesOf`, normalised as the policy normalises them. A
 * policy with memory takes them for the steps of one episode from its beginning.
 *
 * @throws ConfigError for an observation or a mask that does not fit, and without any observation
 */
export function rowsOf(policy: Policy, observations: readonly unknown[], masks?: readonly ActionMask[]): Rows {
  const { observationSpace, normaliser, memory } = policy;
  const m = observations.length;
  if (m === 0) throw new ConfigError({ field: "observations", given: [], allowed: "at least one observation" });
  const width = flatSize(observationSpace);
  const features = new Tensor([m, width]);
  const start = at(features) >>> 2;
  observations.forEach(
    (observation, i) => void writeObservation(observationSpace, observation, f32, start + i * width),
  );
  normaliser?.apply(start, m);
  const sequences = memory && {
    copies: 1,
    steps: m,
    begins: Uint8Array.from({ length: m }, (_, i) => Number(i === 0)),
    memory: zeros([1, memory.size]),
  };
  return { features, masks: masks && maskRows(policy, masks, m), sequences };
}

function maskRows({ actionSpace }: Policy, masks: readonly ActionMask[], m: number): Tensor {
  const reader = maskReader(actionSpace);
  if (reader === undefined || masks.length !== m) {
    const allowed =
      reader === undefined ? "none: only choices among actions can be masked" : `${m}, one an observation`;
    throw new ConfigError({ field: "masks", given: masks.length, allowed });
  }
  const entries = new Float32Array(m * reader.size);
  masks.forEach((mask, i) => {
    const fault = reader.read(mask, entries, i * reader.size);
    if (fault === undefined) return;
    throw new ConfigError({ field: `masks[${i}]${fault.place}`, given: fault.given, allowed: fault.allowed });
  });
  return tensor(entries, [m, reader.size]);
}
