import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Look, LookedAt } from "../../protocol.js";
import { type LabRun, look } from "../../state/lab.js";

/** Milliseconds between two questions. */
const PAUSE = 500;

/** What the policy would do, asked at most twice a second, and only while it is seen and something has changed. */
export function useLook(
  run: LabRun,
  at: () => LookedAt | undefined,
): {
  readonly look: Signal<Look | undefined>;
  readonly asked: Signal<LookedAt | undefined>;
  readonly place: RefObject<HTMLDivElement | null>;
} {
  const found = useSignal<Look | undefined>(undefined);
  const asked = useSignal<LookedAt | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  const question = useRef(at);
  question.current = at;
  useEffect(() => {
    let seen = false;
    let waiting = false;
    let before = "";
    const ask = async (): Promise<void> => {
      if (waiting || !seen || document.hidden || run.begun.peek() === undefined) return;
      const about = question.current();
      const now = JSON.stringify([run.version.peek(), about]);
      if (about === undefined || now === before) return;
      before = now;
      waiting = true;
      try {
        const answer = await look(run.id, about);
        asked.value = about;
        found.value = answer;
      } finally {
        waiting = false;
      }
    };
    const watcher = new IntersectionObserver(([entry]) => {
      seen = entry.isIntersecting;
      void ask();
    });
    if (place.current !== null) watcher.observe(place.current);
    const timer = setInterval(() => void ask(), PAUSE);
    return () => {
      watcher.disconnect();
      clearInterval(timer);
    };
  }, [run]);
  return { look: found, asked, place };
}
