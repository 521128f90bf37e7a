/** The TypeScript declarations of an exported module: the file `policy.d.mts` beside `policy.mjs`. */

import type { Policy } from "../policies/policy.js";
import { describeSpace } from "../spaces/index.js";
import { type ExportedHead, isIdentity, readNetwork } from "./network.js";
import { observationType } from "./observation-source.js";

/** The type of an action by the kind of head. */
const ACTIONS: Readonly<Record<ExportedHead["kind"], string>> = {
  categorical: "number",
  "multi-categorical": "Int32Array",
  bernoulli: "Int8Array",
  gaussian: "Float32Array",
  "squashed-gaussian": "Float32Array",
  "state-dependent": "Float32Array",
};

/**
 * The declarations of the module that `toModule` writes for this policy. TypeScript finds them under the module's name with
 * `.d.mts` in place of `.mjs`.
 *
 * @throws ConfigError as `toModule`
 */
export function toDeclaration(policy: Policy): string {
  const { head, memory } = readNetwork(policy);
  const observation = `observation: ${observationType(describeSpace(policy.observationSpace))}`;
  const seen = memory === undefined ? observation : `${observation}, memory: Float32Array`;
  const mask = "reach" in head ? "" : ", mask?: ArrayLike<number | boolean>";
  const action = ACTIONS[head.kind];
  const lines = [
    "/** A trained policy, written by Ascent: the types of the module beside this file. */",
    "",
    "/** The most likely action. */",
    `export declare function act(${seen}${mask}): ${action};`,
    "/** An action drawn as in training, with uniform numbers in [0, 1). */",
    `export declare function sample(${seen}, random?: () => number${mask}): ${action};`,
    ...outputs(head, seen),
    ...(memory === undefined
      ? []
      : ["/** The memory at the start of an episode. */", "export declare function initialMemory(): Float32Array;"]),
    "export declare const observationSpace: Readonly<Record<string, unknown>>;",
    "export declare const actionSpace: Readonly<Record<string, unknown>>;",
    "export declare const about: Readonly<Record<string, string>>;",
  ];
  return `${lines.join("\n")}\n`;
}

/** What the network gives, and how actions follow from it. */
function outputs(head: ExportedHead, seen: string): string[] {
  if (!("reach" in head))
    return ["/** What the network gives. */", `export declare function logits(${seen}): Float32Array;`];
  const mapped = head.kind === "squashed-gaussian" || !isIdentity(head);
  return [
    "/** The network's output, the mean of a. */",
    `export declare function mean(${seen}): Float32Array;`,
    "/** The standard deviations of a. */",
    head.kind === "state-dependent"
      ? `export declare function std(${seen}): Float32Array;`
      : "export declare const std: Float32Array;",
    ...(mapped
      ? [
          "/** The map from a to the action: middle + reach·a, before it is clipped to the bounds. */",
          "export declare const middle: Float32Array;",
          "export declare const reach: Float32Array;",
        ]
      : []),
  ];
}
