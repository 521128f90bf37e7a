/** Checks a learner's file. */

import { type GradedExercise, type Result, unmet } from "../../exercise/index.js";
import { FileError } from "../file-error.js";
import { AnswerProcess } from "./answer-process.js";
import type { Training } from "./messages.js";

/**
 * The results of an exercise's tests, one by one. The code runs in a process of its own, so that a loop that does not end
 * fails its test only. `watch` is told how far training has come.
 *
 * @throws FileError if the file can't be loaded
 */
export async function* checkFile(
  exercise: GradedExercise,
  file: string,
  watch?: (training: Training) => void,
): AsyncGenerator<Result, void> {
  const results: Result[] = [];
  const process = new AnswerProcess(exercise.name, file);
  try {
    for (const test of exercise.tests) {
      const waitsFor = unmet(test, results);
      const result = { test, evidence: waitsFor.length === 0 ? await process.run(test, watch) : {}, waitsFor };
      results.push(result);
      yield result;
    }
  } finally {
    process.stop();
  }
}

/** Why a learner's file can't be loaded. Undefined if it can. */
export async function loadFault(exercise: GradedExercise, file: string): Promise<string | undefined> {
  const process = new AnswerProcess(exercise.name, file);
  try {
    await process.load();
    return undefined;
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  } finally {
    process.stop();
  }
}
