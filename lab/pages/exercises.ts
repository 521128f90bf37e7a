/** The texts of an exercise: its task, its hints by function, and why the solution is written as it is. */

import { html } from "./markdown.js";

export interface ExerciseText {
  readonly task: string;
  readonly starter: string;
  readonly solution: string;
  readonly explanation: string;
  /** For each function hints as HTML, from a nudge to the line. */
  readonly hints: Readonly<Record<string, readonly string[]>>;
}

/** From the exercise's files by their names. */
export function exerciseOf(file: (name: string) => string): ExerciseText {
  return {
    task: html(withoutCommands(withoutTitle(file("task.md")))),
    starter: file("starter.ts"),
    solution: file("solution.ts"),
    explanation: html(withoutTitle(file("explanation.md"))),
    hints: hintsOf(file("hints.md")),
  };
}

function withoutTitle(text: string): string {
  return text.replace(/^# .*\n/, "");
}

/** What to type in a terminal is no help on a page. */
function withoutCommands(text: string): string {
  return text.replace(/^## Commands\n[\s\S]*?(?=^## )/m, "");
}

function hintsOf(text: string): Record<string, readonly string[]> {
  const sections = text.split(/^## /m).slice(1);
  return Object.fromEntries(
    sections.map((section) => {
      const name = section.slice(0, section.indexOf("\n"));
      const items = section
        .slice(name.length)
        .trim()
        .split(/^\d+\. /m)
        .slice(1);
      // An item's further lines are indented by three.
      return [name.trim(), items.map((item) => html(item.replaceAll(/^ {3}/gm, "")))];
    }),
  );
}
