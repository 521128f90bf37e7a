/** Modules that the build makes of the repository's pages (lab/pages/plugin.ts). */

declare module "virtual:learn/chapters" {
  import type { Part } from "../../pages/chapters.js";
  export interface ChapterEntry {
    readonly number: number;
    readonly title: string;
    /** Of its claims, in their order. */
    readonly verdicts: readonly string[];
    readonly load: () => Promise<{ readonly parts: readonly Part[] }>;
  }
  export const chapters: readonly ChapterEntry[];
}

declare module "virtual:learn/cells" {
  /** The programs of all chapters: `2-1` is the first of the second. */
  export const cells: Readonly<Record<string, () => Promise<{ run(console: Pick<Console, "log">): Promise<void> }>>>;
}

declare module "virtual:learn/exercises" {
  import type { ExerciseText } from "../../pages/exercises.js";
  export const exercises: Readonly<Record<string, () => Promise<{ readonly exercise: ExerciseText }>>>;
}

declare module "virtual:lesson-engine" {
  /** The engine for programs and answers of a reader's own, as the text of one script. */
  export const text: string;
}
