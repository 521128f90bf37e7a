/** What the room and its TypeScript compiler say to each other. The compiler has a worker of its own. */

export type Question =
  | { readonly ask: "problems"; readonly code: string }
  | { readonly ask: "emit"; readonly code: string }
  | { readonly ask: "completions"; readonly code: string; readonly at: number }
  | { readonly ask: "about"; readonly code: string; readonly at: number; readonly name: string }
  | { readonly ask: "hover"; readonly code: string; readonly at: number };

export interface Answers {
  readonly problems: readonly Problem[];
  readonly emit: Emitted;
  readonly completions: Completions | undefined;
  /** The type of a completion, and what its author says about it. */
  readonly about: string;
  readonly hover: { readonly from: number; readonly to: number; readonly text: string } | undefined;
}

/** What the compiler finds wrong in a part of the code. */
export interface Problem {
  readonly from: number;
  readonly to: number;
  readonly severity: "error" | "warning";
  readonly message: string;
}

/** The code without types, as a CommonJS module. */
export interface Emitted {
  readonly code: string;
  /** For each line of it the line of the source, counted from 1, or 0. */
  readonly lines: readonly number[];
  /** What makes it impossible to run. */
  readonly problems: readonly Problem[];
}

export interface Completions {
  /** Where the word begins that they complete. */
  readonly from: number;
  readonly entries: readonly { readonly name: string; readonly kind: string; readonly order: string }[];
}

export type ToCompiler = Question & { readonly request: number };
export type FromCompiler =
  | { readonly request: number; readonly answer: Answers[keyof Answers] }
  | { readonly request: number; readonly failed: string };
