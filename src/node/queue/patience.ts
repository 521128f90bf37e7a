/** Waits for a store that is away, within bounds, and says so without flooding the terminal. */

import { setTimeout as wait } from "node:timers/promises";

/** Seconds for which a store that was there may be away. */
export const PATIENCE_SECONDS = 600;
/** Milliseconds between two messages about it. */
const SAY_MS = 30_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;

export interface Patience {
  readonly seconds: number;
  /** Is told at most twice a minute what is waited for. */
  say(message: string): void;
  /** Ends it: what is at work is not waited for any more. */
  readonly end?: AbortSignal | undefined;
}

/** A store stayed away for longer than anybody waits for it. */
class OutageError extends Error {
  override readonly name = "OutageError";

  constructor(reason: string, seconds: number, cause: unknown) {
    super(`${reason}; waited ${seconds} s for it (--patience)`, { cause });
  }
}

/** Passes messages on, but none within half a minute of the last one that it passed. */
export function seldom(say: (message: string) => void): (message: string) => void {
  let saidAt = Number.NEGATIVE_INFINITY;
  return (message) => {
    const now = performance.now();
    if (now - saidAt < SAY_MS) return;
    saidAt = now;
    say(message);
  };
}

/**
 * Does some work, again and again while it fails, until it succeeds or patience is over.
 *
 * @throws OutageError with the last error as its cause, or the reason for which patience was ended
 */
export async function patiently<T>({ seconds, say, end }: Patience, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const tell = seldom(say);
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(2 * pause, LONGEST_WAIT_MS)) {
    try {
      return await unlessEnded(end, work);
    } catch (error) {
      if (end?.aborted) throw error;
      const reason = reasonOf(error as Error);
      if (performance.now() + pause - began > 1000 * seconds) throw new OutageError(reason, seconds, error);
      tell(`${reason}; waiting up to ${seconds} s for it`);
      await wait(pause, undefined, { signal: end });
    }
  }
}

async function unlessEnded<T>(end: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (end === undefined) return work();
  end.throwIfAborted();
  let leave = (): void => undefined;
  const ended = new Promise<never>((_, reject) => {
    leave = () => reject(end.reason);
    end.addEventListener("abort", leave);
  });
  try {
    return await Promise.race([work(), ended]);
  } finally {
    end.removeEventListener("abort", leave);
  }
}

/** The message of an error of a store. That of ioredis for a command it gives up speaks of its own options. */
function reasonOf({ name, message }: Error): string {
  return name === "MaxRetriesPerRequestError" ? "the queue does not answer" : message;
}
