/** The files of an exercise that come with Ascent: starter, task, hints, solution, explanation. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fileError } from "../file-error.js";

const CONTENT = new URL("../../../exercises/", import.meta.url);

/** The languages that starters and solutions are written in. */
export type Language = "typescript" | "javascript";

/** What a language's files end with. */
export const ENDINGS: Readonly<Record<Language, string>> = { typescript: ".ts", javascript: ".js" };

/** A starter or a solution. */
export function codeOf(exercise: string, which: "starter" | "solution", language: Language): string {
  return text(`${exercise}/${language === "javascript" ? "javascript/" : ""}${which}${ENDINGS[language]}`);
}

/** The task in Markdown. For JavaScript it is without the paragraph that says how TypeScript runs. */
export function taskOf(exercise: string, language: Language): string {
  const paragraphs = text(`${exercise}/task.md`).split("\n\n");
  return paragraphs.filter((one) => language === "typescript" || !one.startsWith("TypeScript ")).join("\n\n");
}

/** Why the solution is written as it is, in Markdown. */
export function explanationOf(exercise: string): string {
  return text(`${exercise}/explanation.md`);
}

/** The hints for each function, from a nudge to the line. */
export function hintsOf(exercise: string): ReadonlyMap<string, readonly string[]> {
  const [, ...sections] = text(`${exercise}/hints.md`).split(/^## /m);
  return new Map(
    sections.map((section) => {
      const [name, ...rest] = section.split("\n");
      const hints = rest
        .join("\n")
        .split(/^\d+\. /m)
        .slice(1);
      return [name.trim(), hints.map((hint) => hint.replaceAll(/^ {3}/gm, "").trim())];
    }),
  );
}

function text(path: string): string {
  const file = fileURLToPath(new URL(path, CONTENT));
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw fileError(file, "this part of the package can't be read", error);
  }
}
