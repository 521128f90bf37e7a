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

/** Does some work, again and again while it fails, until it succeeds or patience is over. @throws the last error */
export async function patiently<T>({ seconds, say }: Patience, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const tell = seldom(say);
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(2 * pause, LONGEST_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() + pause - began > 1000 * seconds) throw error;
      tell(`${(error as Error).message}; waiting up to ${seconds} s for it`);
      await wait(pause);
    }
  }
}
