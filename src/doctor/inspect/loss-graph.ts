/** What a loss was computed from. */

import type { Tensor } from "../../tensor/index.js";

/** What a tensor of a graph depends on. */
export interface Origins {
  readonly policy: boolean;
  readonly value: boolean;
  readonly logProb: boolean;
}

/** The leaves and results to look for. */
export interface Sought {
  readonly policy: ReadonlySet<Tensor>;
  readonly value: ReadonlySet<Tensor>;
  readonly logProbs: ReadonlySet<Tensor>;
}

const NOTHING: Origins = { policy: false, value: false, logProb: false };

/** All tensors that the loss was computed from and that a gradient reaches, with what each depends on. */
export function originsOf(loss: Tensor, { policy, value, logProbs }: Sought): Map<Tensor, Origins> {
  const origins = new Map<Tensor, Origins>();
  for (const x of graphOf([loss])) {
    const from = (x.node?.inputs ?? []).map((input) => origins.get(input) ?? NOTHING);
    origins.set(x, {
      policy: policy.has(x) || from.some((one) => one.policy),
      value: value.has(x) || from.some((one) => one.value),
      logProb: logProbs.has(x) || from.some((one) => one.logProb),
    });
  }
  return origins;
}

/** The tensors with a gradient that these were computed from, and these, inputs first. */
export function graphOf(results: readonly Tensor[]): Tensor[] {
  const found = new Set<Tensor>();
  const open = [...results];
  for (let x = open.pop(); x !== undefined; x = open.pop()) {
    if (found.has(x)) continue;
    found.add(x);
    for (const input of x.node?.inputs ?? []) if (input.requiresGrad) open.push(input);
  }
  return [...found].sort((a, b) => a.order - b.order);
}
