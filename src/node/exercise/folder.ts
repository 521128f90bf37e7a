/** The folder in which a learner works: answers, their tasks, and the grade. */

import { type Dirent, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ConfigError } from "../../errors.js";
import type { GradedExercise } from "../../exercise/index.js";
import { codeOf as errorCode, fileError } from "../file-error.js";
import { codeOf, ENDINGS, type Language, taskOf } from "./texts.js";

/** An answer is an ES module, whatever the project around the folder is. */
const MANIFEST = `${JSON.stringify({ private: true, type: "module" }, null, 2)}\n`;

/**
 * Lays a starter and its task into a folder, and a package.json if there is none. Returns the names of the new files.
 *
 * @throws ConfigError if there is an answer to this exercise already: nothing is ever overwritten
 * @throws FileError if the folder can't be written
 */
export function startExercise({ name }: GradedExercise, folder: string, language: Language): string[] {
  const present = answersTo(name, folder)[0];
  if (present !== undefined) {
    const allowed = `a folder without ${present}, which is kept: move it away, or name another folder`;
    throw new ConfigError({ field: "folder", given: folder, allowed });
  }
  const files = [
    [`${name}${ENDINGS[language]}`, codeOf(name, "starter", language)],
    [`${name}.md`, taskOf(name, language)],
    ["package.json", MANIFEST],
  ];
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw fileError(folder, "can't be made", error);
  }
  return files.filter(([file, content]) => writeNew(join(folder, file), content)).map(([file]) => file);
}

/** Writes a file that isn't there yet. Returns false, and changes nothing, if it is. @throws FileError */
export function writeNew(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw fileError(path, "can't be written", error);
  }
}

/** The absolute path of the answer to an exercise. Undefined if there is none. */
export function answerTo(name: string, folder: string): string | undefined {
  const [file] = answersTo(name, folder);
  return file === undefined ? undefined : resolve(folder, file);
}

/**
 * Folders near one that have answers to any of these exercises, whose names come with them: the folder itself, the one that it
 * lies in, the working directory, and the folders directly below any of them.
 */
export function answersNear(
  folder: string,
  wanted: readonly Pick<GradedExercise, "name">[],
): { readonly folder: string; readonly names: readonly string[] }[] {
  const places = [folder, dirname(resolve(folder)), "."].flatMap((place) => [place, ...foldersIn(place)]);
  return [...new Set(places.map((place) => resolve(place)))].flatMap((place) => {
    const names = wanted.flatMap(({ name }) => (hasAnswer(name, place) ? [name] : []));
    return names.length === 0 ? [] : [{ folder: place, names }];
  });
}

/** The folders directly below one; none if it can't be read. */
export function foldersIn(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

/** Whether a folder has an answer to this exercise. */
export function hasAnswer(name: string, folder: string): boolean {
  return answersTo(name, folder).length > 0;
}

function answersTo(name: string, folder: string): string[] {
  return Object.values(ENDINGS)
    .map((ending) => name + ending)
    .filter((file) => existsSync(join(folder, file)));
}
