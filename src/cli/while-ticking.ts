import { setTimeout } from "node:timers/promises";
import type { Interruption } from "./interruption.js";

/** Milliseconds between two looks at signals, and two calls of a view. */
const TICK_MS = 100;

/** Does some work that is shown by `tick`, again and again, and that is told to `stop` at the first interruption. */
export async function whileTicking(
  work: () => Promise<void>,
  { tick, stop, interruption }: { tick(): void; stop(): void | Promise<void>; interruption: Interruption },
): Promise<void> {
  const over = new AbortController();
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      tick();
      if (interruption.code !== undefined) return stop();
      await setTimeout(TICK_MS, undefined, { signal: over.signal }).catch(() => undefined);
    }
  };
  await Promise.all([watch(), work().finally(() => over.abort())]);
}
