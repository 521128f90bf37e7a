/** Makes modules of the lecture's chapters and programs and of the exercises, which the rooms that teach import. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Plugin, transformWithOxc } from "vite";
import { type Chapter, cellModule, chapterOf } from "./chapters.js";
import { exerciseOf } from "./exercises.js";
import { PICTURE } from "./markdown.js";

/** In the order in which they build on each other. */
const EXERCISES = ["reinforce", "baseline", "actor-critic", "gae", "ppo"];

export function teachingPages(root: string): Plugin {
  const folder = join(root, "docs/lecture");
  const read = (...path: string[]): string => readFileSync(join(root, ...path), "utf8");
  const chapters = readdirSync(folder)
    .filter((name) => /^\d\d-/.test(name))
    .map((name) => chapterOf(Number(name.slice(0, 2)), read("docs/lecture", name)));
  const cells = chapters.flatMap(({ parts }) => parts.filter((part) => part.kind === "cell"));

  const modules: Readonly<Record<string, (rest: string) => string | Promise<string>>> = {
    chapters: () => `export const chapters = [${chapters.map(entryOf).join()}];`,
    chapter: (number) => {
      const found = chapters.find((chapter) => chapter.number === Number(number));
      return withPictures(`export const parts = ${JSON.stringify(found?.parts)};`, folder);
    },
    cells: () =>
      `export const cells = {${cells.map(({ id }) => `"${id}": () => import("virtual:learn/cell/${id}")`)}};`,
    cell: async (id) => {
      const code = cells.find((cell) => cell.id === id)?.code ?? "";
      return (await transformWithOxc(cellModule(code), "cell.ts")).code;
    },
    exercises: () => {
      const entries = EXERCISES.map((name) => `"${name}": () => import("virtual:learn/exercise/${name}")`);
      return `export const exercises = {${entries.join()}};`;
    },
    exercise: (name) =>
      `export const exercise = ${JSON.stringify(exerciseOf((file) => read("exercises", name, file)))};`,
  };
  return {
    name: "teaching-pages",
    resolveId: (name) => (name.startsWith("virtual:learn/") ? `\0${name}` : undefined),
    load(id) {
      const [, kind, rest = ""] = /^\0virtual:learn\/([a-z]+)(?:\/(.+))?$/.exec(id) ?? [];
      return kind === undefined ? undefined : modules[kind](rest);
    },
  };
}

/** A chapter in the list: what is known of it before its text is loaded. */
function entryOf({ number, title, parts }: Chapter): string {
  const claims = parts.flatMap((part) => (part.kind === "claims" ? part.claims : []));
  const verdicts = claims.map(({ verdict }) => verdict);
  return `{ ...${JSON.stringify({ number, title, verdicts })}, load: () => import("virtual:learn/chapter/${number}") }`;
}

/** The module with its pictures as files that the build names. */
function withPictures(module: string, folder: string): string {
  const imports: string[] = [];
  const text = module.replaceAll(new RegExp(PICTURE, "g"), (_, path: string) => {
    imports.push(`import picture${imports.length} from "${join(folder, path)}?url&no-inline";`);
    return `" + picture${imports.length - 1} + "`;
  });
  return [...imports, text].join("\n");
}
