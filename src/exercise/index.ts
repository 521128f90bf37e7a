/** Algorithms to write oneself: what they ask for, and tests of an answer that name the mistake. Nothing here needs Node. */

export { checkAnswer, passed, type Result, unmet } from "./check-answer.js";
export { compare, type Suspects } from "./compare.js";
export type { Evidence, Exercise, Fault, Mistake, OwnMistake, Test } from "./exercise.js";
export { defineExercise, exercises, type GradedExercise, type GradedTest } from "./exercises.js";
export { explain } from "./explain.js";
export { type MistakeName, mistakes } from "./mistakes.js";
