/** What a response is expected to be worth, at each of its tokens. */

import { network, noGrad, parameter, reshape, type Tensor, zeros } from "../tensor/index.js";
import type { TokenPass, TokenPolicy } from "./policy.js";
import type { TokenRows } from "./sequences.js";

/** A value function over the beginnings of responses. */
export interface TokenCritic {
  /** Its own tensors, without those that it shares with a policy. */
  parameters(): Tensor[];
  /** V before each response token, [n]. `pass` is the policy's own forward pass over the same rows. */
  values(rows: TokenRows, pass: TokenPass): Tensor;
}

/** A linear head on the policy's own states, 0 at first. Its errors change the policy's trunk too. */
export function sharedCritic(width: number, name = "value"): TokenCritic {
  const head = valueHead(width, name);
  return { parameters: head.parameters, values: (_, pass) => head.values(pass.states) };
}

/** A model of its own with a linear head, 0 at first. Its states are read, its head of tokens is not used. */
export function separateCritic(model: TokenPolicy, width: number, name = "value"): TokenCritic {
  const head = valueHead(width, name);
  return {
    parameters: () => [...model.parameters(), ...head.parameters()],
    values: (rows) => head.values(model.forward(rows).states),
  };
}

function valueHead(width: number, name: string): { parameters(): Tensor[]; values(states: Tensor): Tensor } {
  const weights = parameter(zeros([width, 1]), `${name}.weight`);
  const bias = parameter(zeros([1]), `${name}.bias`);
  return {
    parameters: () => [weights, bias],
    values: (states) => reshape(network(states, [{ weights, bias, activation: "none" }]), [states.shape[0]]),
  };
}

/** V before each response token, without a gradient. */
export function valuesOf(critic: TokenCritic, policy: TokenPolicy, rows: TokenRows, temperature: number): Float64Array {
  return noGrad(() => Float64Array.from(critic.values(rows, policy.forward(rows, temperature)).toArray()));
}
