/** What an exercise is made of, and what its tests report. */

import type { MistakeName } from "./mistakes.js";

/** Why a test failed: a mistake by name, and what was seen. */
export interface Fault {
  readonly mistake: MistakeName;
  /** What was called, what it gave, and what is right. */
  readonly detail: string;
}

/** What a test saw. Without a fault it is passed. */
export interface Evidence {
  readonly fault?: Fault | undefined;
  /** What each episode paid, if the test trained. */
  readonly returns?: readonly number[];
}

/** A test of an answer, which is the module that a learner wrote. */
export interface Test<Answer> {
  /** Its name in a grade, such as `returns-half`. */
  readonly name: string;
  /** The function that it is about, which hints are looked up by. */
  readonly subject: string;
  /** What it wants, as a sentence. */
  readonly wants: string;
  /** The functions that have to pass their own tests before this one says anything. */
  readonly needs?: readonly string[];
  /** How long it may take before the answer is taken to loop for ever. */
  readonly seconds: number;
  run(answer: Answer): Evidence;
}

/** An exercise. Its texts and starters are files in `exercises/<name>`. */
export interface Exercise<Answer> {
  readonly name: string;
  readonly summary: string;
  /** The functions that an answer has to export. */
  readonly functions: readonly string[];
  readonly tests: readonly Test<Answer>[];
}
