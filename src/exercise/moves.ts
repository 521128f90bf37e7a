/** Judges what updates do to the weights: the answer's updates beside the right ones, and beside those of usual mistakes. */

import { clipGradNorm } from "../optim/index.js";
import type { Tensor } from "../tensor/index.js";
import { compare } from "./compare.js";
import type { Fault, Test } from "./exercise.js";
import type { MistakeName } from "./mistakes.js";
import { type Learner, smallLearner, weightsOf } from "./small-networks.js";

/** One update. */
export type Step = (learner: Learner) => void;

/** How a test tries an update: so many times, on observations multiplied by `scale`, which makes gradients long. */
export interface Trial {
  readonly count: number;
  readonly scale: number;
}

/** The update by an answer, the right one, and what mistakes do. */
export interface Updates {
  readonly answer: Step;
  readonly right: Step;
  readonly wrong: readonly (readonly [mistake: MistakeName, step: Step])[];
}

/** How a loss becomes a step. */
export interface Descent {
  /** The longest gradient of each network. */
  readonly limit: number;
  /** Whether the gradients of earlier steps stay in. */
  readonly adds?: boolean;
  /** The networks that move: both, unless this says which. */
  readonly moves?: readonly ("policy" | "critic")[];
}

/** One step of gradient descent. */
export function descend(
  learner: Learner,
  loss: Tensor,
  { limit, adds = false, moves = ["policy", "critic"] }: Descent,
): void {
  const optimizers = { policy: learner.policyOptimizer, critic: learner.criticOptimizer };
  if (!adds) for (const optimizer of Object.values(optimizers)) optimizer.zeroGrad();
  loss.backward();
  for (const name of moves) {
    clipGradNorm(learner[name].parameters(), limit);
    optimizers[name].step();
  }
}

/** The right update with this loss, and the mistakes that any update can have. */
export function updatesBy(lossOf: (learner: Learner) => Tensor, limit: number): Pick<Updates, "right" | "wrong"> {
  const by =
    (descent: Partial<Descent>, sign = 1): Step =>
    (learner) =>
      descend(learner, lossOf(learner).mul(sign), { limit, ...descent });
  return {
    right: by({}),
    wrong: [
      ["no-step", () => {}],
      ["wrong-sign", by({}, -1)],
      ["missing-zero-grad", by({ adds: true })],
      ["unclipped", by({ limit: Number.MAX_VALUE })],
      ["critic-not-moved", by({ moves: ["policy"] })],
      ["policy-not-moved", by({ moves: ["critic"] })],
    ],
  };
}

/** The fault of the last of the updates: the others came before it. */
function judgeUpdates({ count }: Trial, call: string, { answer, right, wrong }: Updates): Fault | undefined {
  const suspects = wrong.map(([mistake, step]) => [mistake, lastChange(step, count)] as const);
  return compare(call, lastChange(answer, count), lastChange(right, count), suspects);
}

/** What the last of several updates added to the weights. */
export function lastChange(step: Step, count: number): number[] {
  const learner = smallLearner();
  for (let i = 1; i < count; i++) step(learner);
  const before = weightsOf(learner.policy, learner.critic);
  step(learner);
  return weightsOf(learner.policy, learner.critic).map((weight, i) => weight - before[i]);
}

/** Tests of one update, of two in a row, and of one with long gradients. */
export function updateTests<Answer>(
  { needs, wants, limit }: { readonly needs: readonly string[]; readonly wants: string; readonly limit: number },
  updatesIn: (answer: Answer, trial: Trial) => Updates,
): readonly Test<Answer>[] {
  const common = { subject: "update", needs, seconds: 10 } as const;
  const judged = (trial: Trial, call: string) => (answer: Answer) => ({
    fault: judgeUpdates(trial, call, updatesIn(answer, trial)),
  });
  return [
    { ...common, name: "update-once", wants, run: judged({ count: 1, scale: 1 }, "the weights' change in one update") },
    {
      ...common,
      name: "update-twice",
      wants: "a second step that owes nothing to the first",
      run: judged({ count: 2, scale: 1 }, "the weights' change in a second update"),
    },
    {
      ...common,
      name: "update-clipped",
      wants: `a long gradient scaled down to length ${limit}`,
      run: judged({ count: 1, scale: 20 }, `the weights' change under a gradient longer than ${limit}`),
    },
  ];
}

/** Observations multiplied by a number. */
export function scaled(observations: readonly Float32Array[], scale: number): Float32Array[] {
  return observations.map((one) => one.map((value) => scale * value));
}
