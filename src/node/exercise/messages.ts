/** What the process with a learner's code says to the one that checks it. */

import type { Evidence } from "../../exercise/index.js";

/** How far training has come. */
export interface Training {
  readonly episodes: number;
  /** Of the returns of the last 100 episodes, or of all if there are fewer. */
  readonly mean: number;
}

/**
 * First that the code is loaded, or why not, and then the evidence of one test for each name received. While a test trains, it
 * says in between how far that has come.
 */
export type Message =
  | { readonly loaded: true }
  | { readonly problem: string }
  | { readonly evidence: Evidence }
  | { readonly training: Training };
