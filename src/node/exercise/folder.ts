/** The folder in which a learner works: answers, their tasks, and the grade. */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ConfigError } from "../../errors.js";
import type { GradedExercise } from "../../exercise/index.js";
import { codeOf as errorCode, fileError } from "../file-error.js";
import { codeOf, ENDINGS, type Language, pageOf } from "./texts.js";

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
    [`${name}.md`, pageOf(name, "task")],
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

/** The absolute path of the answer to an exercise. @throws ConfigError if there is none */
export function answerTo(name: string, folder: string): string {
  const [file] = answersTo(name, folder);
  if (file !== undefined) return resolve(folder, file);
  const allowed = `a folder with ${name}.ts or ${name}.js; ascent exercise start ${name} makes one`;
  throw new ConfigError({ field: "folder", given: folder, allowed });
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
