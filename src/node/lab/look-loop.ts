import { setImmediate, setTimeout } from "node:timers/promises";

/** Milliseconds of looking between two pauses, in which requests are answered. */
const SLICE_MS = 8;
/** Milliseconds between two tellings while a look takes long. */
const TELL_MS = 250;
/** Looking takes at most about this part of the time, however many folders there are. */
const SHARE = 1 / 10;

export interface LookLoop {
  /** Looks at once, if it is waiting. */
  hurry(): void;
  stop(): Promise<void>;
}

/** Looks again and again, with a pause of about `pause()` milliseconds, and calls `told` after each look and during long ones. */
export function lookAgainAndAgain(
  look: () => Generator<void>,
  { pause, told }: { pause(): number; told(): void },
): LookLoop {
  const end = new AbortController();
  let waiting = new AbortController();
  const lookOnce = async (): Promise<number> => {
    let worked = 0;
    let begun = performance.now();
    let toldAt = begun;
    for (const _ of look()) {
      const now = performance.now();
      if (now - begun < SLICE_MS) continue;
      worked += now - begun;
      if (now - toldAt > TELL_MS) {
        told();
        toldAt = now;
      }
      await setImmediate();
      if (end.signal.aborted) break;
      begun = performance.now();
    }
    return worked + performance.now() - begun;
  };
  const work = async (): Promise<void> => {
    while (!end.signal.aborted) {
      const worked = await lookOnce();
      told();
      waiting = new AbortController();
      const signal = AbortSignal.any([waiting.signal, end.signal]);
      await setTimeout(Math.max(pause(), worked / SHARE - worked), undefined, { signal }).catch(() => undefined);
    }
  };
  const ended = work();
  return {
    hurry: () => waiting.abort(),
    async stop() {
      end.abort();
      await ended;
    },
  };
}
