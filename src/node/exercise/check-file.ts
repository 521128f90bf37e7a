/** Checks a learner's file. */

import { type GradedExercise, type Result, unmet } from "../../exercise/index.js";
import { AnswerProcess } from "./answer-process.js";

/**
 * The results of an exercise's tests, one by one. The code runs in a process of its own, so that a loop that does not end
 * fails its test only.
 *
 * @throws FileError if the file can't be loaded
 */
export async function* checkFile(exercise: GradedExercise, file: string): AsyncGenerator<Result, void> {
  const results: Result[] = [];
  const process = new AnswerProcess(exercise.name, file);
  try {
    for (const test of exercise.tests) {
      const waitsFor = unmet(test, results);
      const result = { test, evidence: waitsFor.length === 0 ? await process.run(test) : {}, waitsFor };
      results.push(result);
      yield result;
    }
  } finally {
    process.stop();
  }
}
