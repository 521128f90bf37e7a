/** One step of gradient descent for policy and critic, as it should be and by the mistakes that any update can have. */

import { clipGradNorm } from "../optim/index.js";
import { stack, type Tensor } from "../tensor/index.js";
import type { MistakeName } from "./mistakes.js";
import { type Learner, NETWORKS, type NetworkName } from "./small-networks.js";

/** What each network is to lower. */
export interface Losses extends Readonly<Partial<Record<NetworkName, Tensor>>> {
  /** How many steps they are means over, if they are. */
  readonly steps?: number;
}

/** How losses become a step. */
export interface Descent {
  /** The longest gradient of each network. */
  readonly limit: number;
  /** What the losses are multiplied by: 1, unless this says otherwise. */
  readonly factors?: Readonly<Partial<Record<NetworkName, number>>>;
  /** The networks whose losses are sums over the steps instead of means. */
  readonly summed?: readonly NetworkName[];
  /** The networks in which the gradients of earlier steps stay. */
  readonly adds?: readonly NetworkName[];
  /** The networks whose gradients may be of any length. */
  readonly unclipped?: readonly NetworkName[];
  /** Whether the gradients of both networks are scaled down as one. */
  readonly together?: boolean;
  /** The networks that move: both, unless this says which. */
  readonly moves?: readonly NetworkName[];
}

/** One step of gradient descent. */
export function descend(learner: Learner, losses: Losses, descent: Descent): void {
  const { limit, factors = {}, summed = [], adds = [], unclipped = [], together = false, moves = NETWORKS } = descent;
  const optimizers = { policy: learner.policyOptimizer, critic: learner.criticOptimizer };
  for (const name of NETWORKS) if (!adds.includes(name)) optimizers[name].zeroGrad();
  const factorOf = (name: NetworkName): number =>
    (factors[name] ?? 1) * (summed.includes(name) ? (losses.steps ?? 1) : 1);
  const parts = NETWORKS.flatMap((name) => losses[name]?.mul(factorOf(name)) ?? []);
  // They may share a result, which backward() uses up.
  stack(parts).sum().backward();
  if (together) clipGradNorm([...learner.policy.parameters(), ...learner.critic.parameters()], limit);
  for (const name of moves) {
    if (!together && !unclipped.includes(name)) clipGradNorm(learner[name].parameters(), limit);
    optimizers[name].step();
  }
}

/** Both networks, and each by itself. */
export const each: readonly (readonly NetworkName[])[] = [NETWORKS, ["policy"], ["critic"]];

/** The mistakes that any update can have whose gradients are to be scaled down to this length. */
export const slips = (limit: number): readonly (readonly [mistake: MistakeName, slip: Partial<Descent>])[] => [
  ["no-step", { moves: [] }],
  ["critic-not-moved", { moves: ["policy"] }],
  ["policy-not-moved", { moves: ["critic"] }],
  ["wrong-sign", { factors: { policy: -1 } }],
  ["critic-sign", { factors: { critic: -1 } }],
  ["wrong-sign", { factors: { policy: -1, critic: -1 } }],
  ["critic-halved", { factors: { critic: 0.5 } }],
  ...each.map((adds) => ["missing-zero-grad", { adds }] as const),
  ...each.map((unclipped) => ["unclipped", { unclipped }] as const),
  ["clipped-together", { together: true }],
  // The lengths that the exercises ask for.
  ["other-limit", { limit: limit === 1 ? 0.5 : 1 }],
];
