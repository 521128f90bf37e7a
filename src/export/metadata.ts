/** What a file says about its policy: texts in JSON, the same in ONNX models and in safetensors files. */

import type { Policy } from "../policies/policy.js";
import { describeSpace } from "../spaces/index.js";
import type { ExportOptions } from "./export-options.js";
import type { ExportedHead } from "./network.js";

/**
 * Spaces, the kind of head and `about`. For continuous actions also `middle` and `reach`: the action is
 * clip(middle + reach·a, low, high), and the head says whether a is squashed by tanh before. If the deviations of a are
 * the same in every state, they are `std`.
 */
export function policyMetadata(
  policy: Policy,
  head: ExportedHead,
  about: NonNullable<ExportOptions["about"]>,
): Record<string, string> {
  return {
    observationSpace: JSON.stringify(describeSpace(policy.observationSpace)),
    actionSpace: JSON.stringify(describeSpace(policy.actionSpace)),
    head: JSON.stringify(head.kind),
    ...("reach" in head && {
      middle: JSON.stringify([...head.middle]),
      reach: JSON.stringify([...head.reach]),
    }),
    ...("reach" in head && head.kind !== "state-dependent" && { std: JSON.stringify([...head.std]) }),
    about: JSON.stringify(about),
  };
}
