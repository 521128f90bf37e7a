/** All exercises, in the order in which they build on each other. */

import { actorCritic } from "./actor-critic/actor-critic.js";
import { baseline } from "./baseline/baseline.js";
import type { Evidence, Exercise } from "./exercise.js";
import { gae } from "./gae/gae.js";
import { ppo } from "./ppo/ppo.js";
import { reinforce } from "./reinforce/reinforce.js";
import { runTest } from "./run-test.js";

/** An exercise whose tests take a module that nobody has checked. */
export interface GradedExercise extends Pick<Exercise<never>, "name" | "summary" | "functions" | "mistakes"> {
  readonly tests: readonly GradedTest[];
}

/** A test that takes any module. */
export interface GradedTest {
  readonly name: string;
  readonly subject: string;
  readonly wants: string;
  readonly needs?: readonly string[];
  readonly seconds: number;
  readonly episodes?: number;
  /** Runs the test on a learner's module. It never throws: what the module throws is the fault. */
  run(module: object): Evidence;
}

/** Ascent's own, in the order in which they build on each other. */
export const exercises: readonly GradedExercise[] = [
  defineExercise(reinforce),
  defineExercise(baseline),
  defineExercise(actorCritic),
  defineExercise(gae),
  defineExercise(ppo),
];

/**
 * An exercise whose tests can be run on any module by `checkAnswer`: they never throw, and say which functions are missing.
 * `exercise.functions` names what `Answer` has.
 */
export function defineExercise<Answer>(exercise: Exercise<Answer>): GradedExercise {
  const tests = exercise.tests.map(
    (test): GradedTest => ({ ...test, run: (module) => runTest(exercise, test, module) }),
  );
  return { ...exercise, tests };
}
