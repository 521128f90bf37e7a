/** What the rooms and the worker with a reader's code say to each other. */

/** How the worker begins. */
export interface LessonStart {
  /** The reader's code without types, as a CommonJS module. */
  readonly code: string;
  /** For each line of it the line of the source. */
  readonly lines: readonly number[];
  /** The exercise that the code answers. Undefined: a program, which runs and is done. */
  readonly exercise: string | undefined;
}

/** Runs a test of the exercise. */
export interface ToLesson {
  readonly test: string;
}

export type FromLesson =
  | { readonly type: "printed"; readonly text: string }
  /** The program is at its end, or the answer is loaded. */
  | { readonly type: "loaded" }
  /** How far a training has come: episodes, and the mean of the last 100. */
  | { readonly type: "training"; readonly episodes: number; readonly mean: number }
  | { readonly type: "evidence"; readonly evidence: Seen }
  | { readonly type: "threw"; readonly message: string; readonly line: number | undefined };

/** What a test saw. Without a fault it is passed. */
export interface Seen {
  readonly fault?: { readonly mistake: string; readonly explained: string; readonly detail: string } | undefined;
  /** What each episode paid, if the test trained. */
  readonly returns?: readonly number[] | undefined;
}
