/** What the room and the worker with the user's code say to each other, beside what every engine says. */

/** How the worker begins. It runs the code once, and then does what was asked. */
export interface Start {
  /** The user's code without types, as a CommonJS module. */
  readonly code: string;
  /** For each line of it the line of the source. */
  readonly lines: readonly number[];
  readonly task: "check" | "train";
}

/** Asks whether the worker still answers. */
export type ToOwn = { readonly type: "ping" };

export type FromOwn =
  /** The engine is there, and the user's code runs from now on. */
  | { readonly type: "ready" }
  | { readonly type: "pong" }
  /** The code has registered an environment. */
  | { readonly type: "registered"; readonly id: string; readonly framesPerSecond: number }
  /** What a check does now, in words. */
  | { readonly type: "doing"; readonly words: string }
  | { readonly type: "checked"; readonly id: string; readonly findings: readonly OwnFinding[] }
  /** An error, by the user's code or about it. */
  | { readonly type: "threw"; readonly message: string; readonly line: number | undefined };

export interface OwnFinding {
  readonly severity: "error" | "warning" | "note";
  /** The name of the check. */
  readonly check: string;
  readonly message: string;
  /** Why it matters and what may help, if that is known. */
  readonly advice: string | undefined;
}
