/** What an exercise is made of, and what its tests report. */

import type { MistakeName } from "./mistakes.js";

/** A mistake of an exercise of one's own, such as `bandit/greedy`. Its sentence is in `Exercise.mistakes`. */
export type OwnMistake = `${string}/${string}`;

/** A mistake by its name. */
export type Mistake = MistakeName | OwnMistake;

/** Why a test failed: a mistake by name, and what was seen. */
export interface Fault {
  readonly mistake: Mistake;
  /** What was called, what it gave, and what is right. */
  readonly detail: string;
  /** What the answer threw, if that is the fault. */
  readonly cause?: unknown;
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
  /** How many episodes it trains for, if it does. */
  readonly episodes?: number;
  run(answer: Answer): Evidence;
}

/** An algorithm to write. The texts and starters of Ascent's own are files in `exercises/<name>`. */
export interface Exercise<Answer> {
  readonly name: string;
  readonly summary: string;
  /** The functions that an answer has to export. */
  readonly functions: readonly string[];
  /** Tests in the order in which they run. A test for which another one is needed stands after it. */
  readonly tests: readonly Test<Answer>[];
  /** The sentences of its own mistakes, by their names. Those of `mistakes` are there for every exercise. */
  readonly mistakes?: Readonly<Record<OwnMistake, string>>;
}
