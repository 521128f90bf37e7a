/** The check that every part of a policy can be exported. */

import { ConfigError } from "../errors.js";
import type { PolicyDescription } from "../policies/description.js";
import type { Policy } from "../policies/policy.js";

/**
 * The policy's description.
 *
 * @throws ConfigError if a part has no `describe()`; it names the part and what `describe()` should return
 */
export function requireDescription(policy: Policy): PolicyDescription {
  const description = policy.describe();
  if (description !== undefined) return description;
  const { network, memory, head } = policy;
  if (network.describe === undefined)
    throw missing("network", "the layers, each { weights, bias, activation }, as mlpNetwork(layers) does");
  if (head.describe === undefined)
    throw missing("head", 'the kind of head, such as { kind: "categorical", actions: 2, start: 0 } (HeadDescription)');
  if (memory !== undefined && memory.describe === undefined)
    throw missing("memory", 'the weights, { kind: "gru", weights: { input, inputBias, hidden, hiddenBias } }');
  const allowed = "a PolicyDescription: spaces, normaliser, memory, layers and head, as policyOf(parts) makes it";
  throw new ConfigError({ field: "policy.describe()", given: undefined, allowed });
}

function missing(part: string, returned: string): ConfigError {
  const allowed = `a method that returns ${returned}. A file holds numbers, not code: add it to export the policy`;
  return new ConfigError({ field: `policy.${part}.describe`, given: undefined, allowed });
}
