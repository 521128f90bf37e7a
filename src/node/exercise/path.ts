/** The exercises as a path: how far a learner has come, and what is next. */

import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { exercises, type GradedExercise } from "../../exercise/index.js";
import { FileError } from "../file-error.js";
import { hasAnswer } from "./folder.js";
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
 * All exercises in order, with the best grades found in a folder and in the folders directly below it.
 *
 * @throws FileError if the grade of the folder itself was damaged
 */
export function milestones(folder: string): Milestone[] {
  const found = [folder, ...foldersIn(folder)].map((place) => ({ place, grades: gradesOf(place, place === folder) }));
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

/** The first exercise on the path that is not complete, in the folder of its grade or of the latest before it. */
export function nextOn(path: readonly Milestone[], folder: string): Next | undefined {
  const index = path.findIndex((milestone) => !isComplete(milestone));
  if (index === -1) return undefined;
  const { exercise } = path[index];
  const place = path.slice(0, index + 1).findLast((milestone) => milestone.folder !== undefined)?.folder ?? folder;
  return { exercise, folder: place, started: hasAnswer(exercise.name, place) };
}

function foldersIn(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
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
