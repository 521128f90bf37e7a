/** Steps on which answers are tried, and how their ends can be mistaken. */

import type { MistakeName } from "./mistakes.js";
import { scaled, type Trial } from "./moves.js";
import { type Learner, rightValues, type Seen } from "./small-networks.js";

/** Steps in the order in which they were taken: lists of the same length. */
export interface Steps extends Seen {
  readonly nextObservations: readonly Float32Array[];
  readonly rewards: readonly number[];
  readonly terminated: readonly boolean[];
  readonly truncated: readonly boolean[];
}

/** The end of one episode by a terminal state, that of another by a time limit, and the start of a third. */
export const someSteps: Steps = {
  observations: [
    [0.5, -0.25],
    [0.1, 0.4],
    [-0.3, 0.2],
    [0.2, 0.6],
    [-0.4, -0.1],
  ].map((one) => Float32Array.from(one)),
  nextObservations: [
    [0.1, 0.4],
    [0.7, 0.9],
    [0.3, -0.8],
    [-0.6, 0.5],
    [0.3, 0.2],
  ].map((one) => Float32Array.from(one)),
  actions: [1, 0, 1, 0, 1],
  rewards: [1, 2, 3, 4, -1],
  terminated: [false, true, false, false, false],
  truncated: [false, false, false, true, false],
};

/** How the steps ended, for the sentence of a fault. */
export function endsOf({ terminated, truncated }: Steps): string {
  return `with terminated [${terminated.join(", ")}] and truncated [${truncated.join(", ")}],`;
}

/** These steps with observations multiplied by a number, and rewards by another. */
export function scaledSteps(steps: Steps, by: Pick<Trial, "observations" | "rewards">): Steps {
  const { observations, nextObservations, rewards } = steps;
  return {
    ...steps,
    observations: scaled(observations, by.observations),
    nextObservations: scaled(nextObservations, by.observations),
    rewards: rewards.map((reward) => by.rewards * reward),
  };
}

/** V before each step and after it, as plain numbers. */
export function valuesAround(
  { critic }: Pick<Learner, "critic">,
  { observations, nextObservations }: Steps,
): { values: number[]; nextValues: number[] } {
  return {
    values: Array.from(rightValues(critic, observations).toArray()),
    nextValues: Array.from(rightValues(critic, nextObservations).toArray()),
  };
}

/** rₜ + γ V(sₜ₊₁), or rₜ before a terminal state. */
export function rightTargets({ rewards, terminated }: Steps, nextValues: readonly number[], gamma: number): number[] {
  return rewards.map((reward, t) => reward + (terminated[t] ? 0 : gamma * nextValues[t]));
}

/** The targets by the usual mistakes about the end of an episode, and about γ. */
export function wrongTargets(
  steps: Steps,
  nextValues: readonly number[],
  gamma: number,
): readonly (readonly [mistake: MistakeName, targets: number[]])[] {
  const { rewards, terminated, truncated } = steps;
  const ending = (ends: (t: number) => boolean | undefined): number[] =>
    rewards.map((reward, t) => reward + (ends(t) ? 0 : gamma * nextValues[t]));
  return [
    ["time-limit-as-death", ending((t) => terminated[t] || truncated[t])],
    ["terminal-bootstrapped", ending(() => false)],
    ["terminal-bootstrapped", ending((t) => truncated[t])],
    ["done-off-by-one", ending((t) => terminated[t - 1])],
    ["done-off-by-one", ending((t) => terminated[t + 1])],
    ["done-off-by-one", ending((t) => terminated[t - 1] || truncated[t - 1])],
    ["end-reversed", ending((t) => !terminated[t])],
    ["undiscounted", rightTargets(steps, nextValues, 1)],
    ["next-value-missing", [...rewards]],
    ["reward-missing", rightTargets(steps, nextValues, gamma).map((target, t) => target - rewards[t])],
  ];
}
