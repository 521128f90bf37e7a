/** What the wrong updates share: the pass over all steps as the solution makes it, but for what is odd. */
import { clipGradNorm } from "ascent/optim";
import type { Generator } from "ascent/random";
import { type Tensor, tensor } from "ascent/tensor";
import {
  type judged,
  type Learner,
  logProbs,
  minibatches,
  pick,
  policyLoss,
  ratios,
  type Settings,
  type Steps,
  values,
} from "../../solution.js";

/** What a wrong update does in place of the right thing. */
interface Odd {
  /** The log-probabilities of the old policy, from those of now. */
  readonly old?: (now: Tensor) => number[];
  /** The advantages of a minibatch. */
  readonly chosen?: (advantages: readonly number[], rows: readonly number[]) => number[];
  /** What the critic's loss over so many rows is multiplied by. */
  readonly criticWeight?: (rows: number) => number;
  /** What is done before `backward()`, and what after it. */
  readonly before?: (learner: Learner) => void;
  readonly clipped?: (learner: Learner) => void;
  /** The minibatches, where they are not drawn here. */
  readonly drawn?: readonly number[][];
}

/** One pass in minibatches, with one step of both optimisers for each. */
export function pass(
  learner: Learner,
  steps: Steps,
  { advantages, targets }: ReturnType<typeof judged>,
  { clip, minibatchSize }: Settings,
  rng: Generator,
  { old, chosen = pick, criticWeight = () => 1, before, clipped = clipBoth, drawn }: Odd = {},
): void {
  const { policy, critic, policyOptimizer, criticOptimizer } = learner;
  for (const rows of drawn ?? minibatches(advantages.length, minibatchSize, rng)) {
    const observations = pick(steps.observations, rows);
    const now = logProbs(policy, observations, pick(steps.actions, rows));
    const rho = ratios(now, old?.(now) ?? pick(steps.logProbs, rows));
    const errors = values(critic, observations).sub(tensor(pick(targets, rows)));
    policyOptimizer.zeroGrad();
    criticOptimizer.zeroGrad();
    before?.(learner);
    policyLoss(rho, chosen(advantages, rows), clip)
      .add(errors.square().mean().mul(criticWeight(rows.length)))
      .backward();
    clipped(learner);
    policyOptimizer.step();
    criticOptimizer.step();
  }
}

/** The gradient of each network, scaled down by itself. */
export function clipBoth({ policy, critic }: Learner): void {
  clipGradNorm(policy.parameters(), 0.5);
  clipGradNorm(critic.parameters(), 0.5);
}
