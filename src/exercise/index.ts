/** The exercises: what they ask for, and the tests of an answer. */

export { checkAnswer, passed, type Result, unmet } from "./check-answer.js";
export type { Evidence, Fault } from "./exercise.js";
export { exercises, type GradedExercise, type GradedTest } from "./exercises.js";
export { type MistakeName, mistakes } from "./mistakes.js";
