/** Lets go of a store: in good order while it answers, at once where it does not. */

import { setTimeout as wait } from "node:timers/promises";
import type { Queue } from "bullmq";
import type { Store } from "./store.js";

/** Seconds in which a store has to answer those who leave it. */
const ANSWER_SECONDS = 3;
/** Milliseconds between two looks at whether it still answers. */
const LOOK_MS = 1000;

/**
 * Does what brings some work on a store to its end, for as long as the store answers. Returns whether it was done; it is not
 * even begun where nobody answers.
 */
export async function whileItAnswers(store: Store, work: () => Promise<unknown>): Promise<boolean> {
  if (!(await store.answers(ANSWER_SECONDS))) return false;
  const over = new AbortController();
  const untilAway = async (): Promise<false> => {
    do await wait(LOOK_MS, undefined, { signal: over.signal });
    while (await store.answers(ANSWER_SECONDS));
    return false;
  };
  try {
    // What loses the race is not waited for, and its failure is nobody's news.
    return await Promise.race([work().then(() => true), untilAway()]);
  } finally {
    over.abort();
  }
}

/** Ends the connection of a queue whose commands are done, or of no account. Unlike BullMQ's own end, it waits for no answer. */
export async function endQueue<Data, Result>(queue: Queue<Data, Result>): Promise<void> {
  await queue.getBackend().close(true);
}
