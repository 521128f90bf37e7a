import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { LabRun } from "./state/lab.js";

export interface Asking<Question, Answer> {
  /** Milliseconds between two questions. */
  readonly pause: number;
  /** Undefined if there is nothing to ask now. */
  readonly question: () => Question | undefined;
  readonly ask: (question: Question) => Promise<Answer>;
}

/** An answer, and the question that it is to. */
export interface Live<Question, Answer> {
  readonly question: Question;
  readonly answer: Answer;
}

/** What the engine says of a run, asked again and again, but only while `place` is seen and something has changed. */
export function useLive<Question, Answer>(
  run: LabRun,
  asking: Asking<Question, Answer>,
): { readonly live: Signal<Live<Question, Answer> | undefined>; readonly place: RefObject<HTMLDivElement | null> } {
  const live = useSignal<Live<Question, Answer> | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(asking);
  latest.current = asking;
  useEffect(() => {
    let seen = false;
    let waiting = false;
    let before = "";
    const ask = async (): Promise<void> => {
      if (waiting || !seen || document.hidden || run.begun.peek() === undefined) return;
      const question = latest.current.question();
      const now = JSON.stringify([run.version.peek(), question]);
      if (question === undefined || now === before) return;
      before = now;
      waiting = true;
      try {
        live.value = { question, answer: await latest.current.ask(question) };
      } finally {
        waiting = false;
      }
    };
    const watcher = new IntersectionObserver(([entry]) => {
      seen = entry.isIntersecting;
      void ask();
    });
    if (place.current !== null) watcher.observe(place.current);
    const timer = setInterval(() => void ask(), asking.pause);
    return () => {
      watcher.disconnect();
      clearInterval(timer);
    };
  }, [run]);
  return { live, place };
}
