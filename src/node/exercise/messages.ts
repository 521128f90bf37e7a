/** What the process with a learner's code says to the one that checks it. */

import type { Evidence } from "../../exercise/index.js";

/** First that the code is loaded, or why not, and then the evidence of one test for each name received. */
export type Message = { readonly loaded: true } | { readonly problem: string } | { readonly evidence: Evidence };
