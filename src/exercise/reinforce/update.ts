/** Tests of one update, of two in a row, and of one with a long gradient. */

import type { Mlp } from "../../nn/index.js";
import { sgd } from "../../optim/index.js";
import { stack, tensor } from "../../tensor/index.js";
import { compare, type Suspects } from "../compare.js";
import type { Fault, Test } from "../exercise.js";
import type { Episode, ReinforceAnswer } from "./answer.js";
import { rightLogProbs } from "./log-probs.js";
import { rightNormalise } from "./normalise.js";
import { linearPolicy, someEpisodes, weightsOf } from "./policies.js";
import { rightReturns } from "./returns.js";

type UpdateAnswer = Pick<ReinforceAnswer, "update">;

/** What an update is made of. */
const PARTS = ["returnsToGo", "normalise", "logProbs", "loss"];
const GAMMA = 0.9;
const RATE = 0.1;
const startingPolicy = (): Mlp => linearPolicy([0.4, -0.2, 0.1, 0.3], [0.2, -0.1]);

/** The gradient of the mean over episodes of -Σ A log π, for a policy with these weights. */
function slopeAt(weights: readonly number[], episodes: readonly Episode[], advantages: readonly number[][]): number[] {
  const policy = linearPolicy(weights.slice(0, 4), weights.slice(4));
  const losses = episodes.map((episode, i) => rightLogProbs(policy, episode).mul(tensor(advantages[i])).sum().neg());
  stack(losses).mean().backward();
  return policy.parameters().flatMap((p) => Array.from(p.grad?.toArray() ?? []));
}

const times = (list: readonly number[], factor: number): number[] => list.map((value) => value * factor);
const minus = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value - b[i]);
const lengthOf = (list: readonly number[]): number => Math.sqrt(list.reduce((sum, value) => sum + value ** 2, 0));

/** The change of the weights along this gradient, which counts as no longer than 1. */
const stepDown = (slope: readonly number[]): number[] => times(slope, -RATE / Math.max(1, lengthOf(slope)));

/** What the weights become in updates with this answer, one after the other. */
function movesOf({ update }: UpdateAnswer, episodes: readonly Episode[], count: number): number[][] {
  const policy = startingPolicy();
  const optimizer = sgd(policy.parameters(), { learningRate: RATE });
  const weights = [weightsOf(policy)];
  for (let i = 0; i < count; i++) {
    update(policy, optimizer, episodes, GAMMA);
    weights.push(weightsOf(policy));
  }
  return weights;
}

function advantagesOf(episodes: readonly Episode[]): number[][] {
  return rightNormalise(episodes.map(({ rewards }) => rightReturns(rewards, GAMMA)));
}

function suspectsAt(weights: readonly number[], episodes: readonly Episode[], slope: readonly number[]): Suspects {
  const returns = episodes.map(({ rewards }) => rightReturns(rewards, GAMMA));
  const steps = returns.flat().length;
  const perEpisode = returns.map((one) => rightNormalise([one])[0]);
  return [
    ["no-step", times(slope, 0)],
    ["wrong-sign", stepDown(times(slope, -1))],
    ["sum-for-mean", stepDown(times(slope, episodes.length))],
    ["mean-for-sum", stepDown(times(slope, episodes.length / steps))],
    ["returns-not-normalised", stepDown(slopeAt(weights, episodes, returns))],
    ["wrong-set", stepDown(slopeAt(weights, episodes, perEpisode))],
  ];
}

function judgeOne(answer: UpdateAnswer): Fault | undefined {
  const [before, after] = movesOf(answer, someEpisodes, 1);
  const slope = slopeAt(before, someEpisodes, advantagesOf(someEpisodes));
  const call = "the weights' change in one update";
  return compare(call, minus(after, before), stepDown(slope), suspectsAt(before, someEpisodes, slope));
}

function judgeTwo(answer: UpdateAnswer): Fault | undefined {
  const [first, second, third] = movesOf(answer, someEpisodes, 2);
  const advantages = advantagesOf(someEpisodes);
  const one = slopeAt(first, someEpisodes, advantages);
  const two = slopeAt(second, someEpisodes, advantages);
  const both = one.map((value, i) => value + two[i]);
  return compare("the weights' change in a second update", minus(third, second), stepDown(two), [
    ["missing-zero-grad", stepDown(both)],
    ...suspectsAt(second, someEpisodes, two),
  ]);
}

function judgeLong(answer: UpdateAnswer): Fault | undefined {
  const far = someEpisodes.map((episode) => ({
    ...episode,
    observations: episode.observations.map((one) => one.map((value) => 20 * value)),
  }));
  const [before, after] = movesOf(answer, far, 1);
  const slope = slopeAt(before, far, advantagesOf(far));
  return compare("the weights' change under a gradient longer than 1", minus(after, before), stepDown(slope), [
    ["unclipped", times(slope, -RATE)],
  ]);
}

/** A wrong first update would fail the others too, so each is told apart by its own suspects. */
export const updateTests: readonly Test<UpdateAnswer>[] = [
  {
    name: "update-once",
    subject: "update",
    needs: PARTS,
    wants: "one step of gradient descent on the mean loss of two episodes",
    seconds: 10,
    run: (answer) => ({ fault: judgeOne(answer) }),
  },
  {
    name: "update-twice",
    subject: "update",
    needs: PARTS,
    wants: "a second step that owes nothing to the first",
    seconds: 10,
    run: (answer) => ({ fault: judgeTwo(answer) }),
  },
  {
    name: "update-clipped",
    subject: "update",
    needs: PARTS,
    wants: "a long gradient scaled down to length 1",
    seconds: 10,
    run: (answer) => ({ fault: judgeLong(answer) }),
  },
];
