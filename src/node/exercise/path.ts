/** The exercises as a path: how far a learner has come, and what is next. */

import { exercises, type GradedExercise } from "../../exercise/index.js";
import { FileError } from "../file-error.js";
import { foldersIn, hasAnswer } from "./folder.js";
import { type Grade, type Grades, readGrades } from "./grade.js";

/** An exercise, its best grade, and the folder that has it. */
export interface Milestone {
  readonly exercise: GradedExercise;
  readonly grade?: Grade;
  readonly folder?: string;
}

/** What to do next: start an exercise in a folder, or go on with one that is there. */
export interface Next {
  readonly exercise: GradedExercise;
  readonly folder: string;
  readonly started: boolean;
}

/**
 * All exercises in order, with the best grades found in a folder, in `others`, and in the folders directly below any of them.
 *
 * @throws FileError if the grade of the folder itself was damaged
 */
export function milestones(folder: string, ...others: readonly string[]): Milestone[] {
  const places = [folder, ...others].flatMap((place) => [place, ...foldersIn(place)]);
  const found = places.map((place) => ({ place, grades: gradesOf(place, place === folder) }));
  return exercises.map((exercise) => {
    const graded = found.flatMap(({ place, grades }) => {
      const grade = grades[exercise.name];
      return grade === undefined ? [] : [{ exercise, grade, folder: place }];
    });
    return graded.reduce<Milestone>((best, one) => (one.grade.passed > (best.grade?.passed ?? -1) ? one : best), {
      exercise,
    });
  });
}

/** Whether all tests passed when the exercise was last checked. */
export function isComplete({ grade }: Milestone): boolean {
  return grade !== undefined && grade.of > 0 && grade.passed === grade.of;
}

/**
 * The first exercise that is not complete, in `folder` if it was started there, otherwise in the folder of its grade or of
 * the latest before it. Those after the exercise named `done` come first.
 */
export function nextOn(path: readonly Milestone[], folder: string, done?: string): Next | undefined {
  const from = path.findIndex(({ exercise }) => exercise.name === done) + 1;
  const later = path.findIndex((milestone, i) => i >= from && !isComplete(milestone));
  const index = later === -1 ? path.findIndex((milestone) => !isComplete(milestone)) : later;
  if (index === -1) return undefined;
  const { exercise } = path[index];
  if (hasAnswer(exercise.name, folder)) return { exercise, folder, started: true };
  const place = path.slice(0, index + 1).findLast((milestone) => milestone.folder !== undefined)?.folder ?? folder;
  return { exercise, folder: place, started: hasAnswer(exercise.name, place) };
}

/** The grades of a folder. A file of that name in some folder below need not be a grade. */
function gradesOf(folder: string, strict: boolean): Grades {
  try {
    return readGrades(folder);
  } catch (error) {
    if (!strict && error instanceof FileError) return {};
    throw error;
  }
}
