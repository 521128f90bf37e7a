/** Judges what updates do to the weights: the answer's updates beside the right ones, and beside those of usual mistakes. */

import { agrees, anyFault, rounded } from "./compare.js";
import { descend, type Losses, slips } from "./descent.js";
import type { Fault, Test } from "./exercise.js";
import type { MistakeName } from "./mistakes.js";
import { type Learner, NETWORKS, type NetworkName, smallLearner, weightsOf } from "./small-networks.js";

/** Weights change by so little in one step that this tells steps apart; float32 rounds to within a hundredth of it. */
const NEAR = 1e-5;

/** One update. */
export type Step = (learner: Learner) => void;

/**
 * How a test tries an update: so many times, on observations multiplied by a number, which makes gradients long, and on
 * rewards multiplied by one, which makes the critic's gradient short.
 */
export interface Trial {
  readonly count: number;
  readonly observations: number;
  readonly rewards: number;
}

/** The update by an answer, the right one, and what mistakes do. */
export interface Updates {
  readonly answer: Step;
  readonly right: Step;
  readonly wrong: readonly (readonly [mistake: MistakeName, step: Step])[];
}

/** How the weights of each network have changed. */
export type Changes = Readonly<Record<NetworkName, number[]>>;

/** The right update with these losses, and the mistakes that any update can have. */
export function updatesBy(lossesOf: (learner: Learner) => Losses, limit: number): Pick<Updates, "right" | "wrong"> {
  return {
    right: (learner) => descend(learner, lossesOf(learner), { limit }),
    wrong: slips(limit).map(([mistake, slip]) => [
      mistake,
      (learner) => descend(learner, lossesOf(learner), { limit, ...slip }),
    ]),
  };
}

/** What the last of several updates added to the weights. */
export function lastChanges(step: Step, count: number): Changes {
  const learner = smallLearner();
  for (let i = 1; i < count; i++) step(learner);
  const weights = ({ policy, critic }: Learner): Changes => ({
    policy: weightsOf(policy),
    critic: weightsOf(critic),
  });
  const before = weights(learner);
  step(learner);
  const after = weights(learner);
  const changed = (name: NetworkName): number[] => after[name].map((weight, i) => weight - before[name][i]);
  return { policy: changed("policy"), critic: changed("critic") };
}

/**
 * The fault of changes that are not the right ones, which tells of the network that is off. A mistake is the first suspect
 * that changes both networks so, or else the one that is off. Suspects are tried only where something is off.
 *
 * @param when In words: `in one update`
 */
export function judgeChanges(
  when: string,
  got: Changes,
  want: Changes,
  suspects: Iterable<readonly [mistake: MistakeName, gives: Changes]>,
): Fault | undefined {
  const off = NETWORKS.filter((name) => !agrees(got[name], want[name], NEAR));
  if (off.length === 0) return undefined;
  const tried = [...suspects];
  const detailOf = (...names: readonly NetworkName[]): string => {
    const parts = names.map(
      (name) => `the ${name}'s weights change by ${rounded(got[name])}; right is ${rounded(want[name])}`,
    );
    return `${when}, ${parts.join(", and ")}`;
  };
  const whole = tried.find(([, gives]) => NETWORKS.every((name) => agrees(got[name], gives[name], NEAR)));
  if (whole !== undefined) return { mistake: whole[0], detail: detailOf(...off) };
  const faults = off.map((name): Fault => {
    const suspect = tried.find(([, gives]) => agrees(got[name], gives[name], NEAR));
    if (suspect !== undefined) return { mistake: suspect[0], detail: detailOf(name) };
    return anyFault(detailOf(name), got[name], want[name], NEAR);
  });
  return faults.find(({ mistake }) => mistake !== "wrong-value") ?? faults[0];
}

/** The fault of the last of the updates: the others came before it. */
function judgeUpdates({ count }: Trial, when: string, { answer, right, wrong }: Updates): Fault | undefined {
  const gives = function* (): Generator<readonly [MistakeName, Changes]> {
    for (const [mistake, step] of wrong) yield [mistake, lastChanges(step, count)];
  };
  return judgeChanges(when, lastChanges(answer, count), lastChanges(right, count), gives());
}

/** Tests of one update, of two in a row, and of one with long gradients. */
export function updateTests<Answer>(
  { needs, wants, limit }: { readonly needs: readonly string[]; readonly wants: string; readonly limit: number },
  updatesIn: (answer: Answer, trial: Trial) => Updates,
): readonly Test<Answer>[] {
  const common = { subject: "update", seconds: 10 } as const;
  // Where one update is wrong, the others would say so again.
  const later = [...new Set([...needs, "update"])];
  const judged = (trial: Trial, when: string) => (answer: Answer) => ({
    fault: judgeUpdates(trial, when, updatesIn(answer, trial)),
  });
  // Gradients shorter than the limit, since scaling down would hide how large a loss is.
  const short = { observations: 1, rewards: 0.05 };
  return [
    { ...common, needs, name: "update-once", wants, run: judged({ count: 1, ...short }, "in one update") },
    {
      ...common,
      needs: later,
      name: "update-twice",
      wants: "a second step that owes nothing to the first",
      run: judged({ count: 2, ...short }, "in a second update"),
    },
    {
      ...common,
      needs: later,
      name: "update-clipped",
      wants: `a long gradient scaled down to length ${limit}`,
      run: judged({ count: 1, observations: 20, rewards: 1 }, `under a gradient longer than ${limit}`),
    },
  ];
}

/** Observations multiplied by a number. */
export function scaled(observations: readonly Float32Array[], factor: number): Float32Array[] {
  return observations.map((one) => one.map((value) => factor * value));
}
