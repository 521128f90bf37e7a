/** All exercises, in the order in which they build on each other. */

import { actorCritic } from "./actor-critic/actor-critic.js";
import { baseline } from "./baseline/baseline.js";
import type { Evidence, Exercise } from "./exercise.js";
import { gae } from "./gae/gae.js";
import { ppo } from "./ppo/ppo.js";
import { reinforce } from "./reinforce/reinforce.js";
import { runTest } from "./run-test.js";

/** An exercise whose tests take a module that nobody has checked. */
export interface GradedExercise extends Pick<Exercise<never>, "name" | "summary" | "functions"> {
  readonly tests: readonly GradedTest[];
}

/** A test that takes any module. */
export interface GradedTest {
  readonly name: string;
  readonly subject: string;
  readonly wants: string;
  readonly needs?: readonly string[];
  readonly seconds: number;
  /** Runs the test on a learner's module. It never throws: what the module throws is the fault. */
  run(module: object): Evidence;
}

/** By name, in order. */
export const exercises: readonly GradedExercise[] = [
  graded(reinforce),
  graded(baseline),
  graded(actorCritic),
  graded(gae),
  graded(ppo),
];

function graded<Answer>(exercise: Exercise<Answer>): GradedExercise {
  const tests = exercise.tests.map(
    (test): GradedTest => ({ ...test, run: (module) => runTest(exercise, test, module) }),
  );
  return { ...exercise, tests };
}
