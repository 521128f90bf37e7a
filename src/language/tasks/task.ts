/** What a language task has, beside the tokens: prompts, what is right, and texts to learn the language from. */

import type { Generator } from "../../random/index.js";

/** A text in two parts: what is given, and what was said. */
export interface Sample {
  readonly prompt: string;
  readonly response: string;
}

/** A language task whose truth is known, because its texts are made by rules. */
export interface LanguageTask {
  readonly name: string;
  readonly summary: string;
  /** All characters of its texts. */
  readonly alphabet: string;
  /** The longest text, prompt and response together, in characters. */
  readonly longest: number;
  /** Draws a prompt. */
  prompt(rng: Generator): string;
  /** Draws a text to learn the language from. */
  example(rng: Generator): Sample;
  /** What a response is worth in truth. Learning sees it only where the task says that it may. */
  gold(sample: Sample): number;
  /** Whether a response is one that the rules of the task allow, whatever it is worth. */
  isValid(sample: Sample): boolean;
}
