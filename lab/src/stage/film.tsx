/** Episodes played like a film, one after another: whoever shows them says where they come from and how fast they go. */

import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Episode, Frame } from "../protocol.js";
import { Picture } from "./picture.js";
import { moved, type Playhead } from "./playhead.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
/** Milliseconds for which the last picture of an episode stays. */
const END = 900;
/** Milliseconds after which an episode that is out of date makes room for another. */
const LONG = 25_000;

interface Showing {
  /** Plays the episode of a seed. */
  readonly ask: (seed: number) => Promise<Episode>;
  /** Pictures a second. */
  readonly rate: () => number;
  /** Whether the policy has learned since it played this. Default: never. */
  readonly isOld?: (episode: Episode) => boolean;
}

export interface Film {
  readonly episode: Signal<Episode | undefined>;
  readonly playing: Signal<boolean>;
  /** Why there is no episode. */
  readonly problem: Signal<string | undefined>;
  readonly at: number;
  readonly lastStep: number;
  readonly frame: Frame | undefined;
  /** Plays the present seed anew. */
  again(): void;
  next(): void;
  goTo(place: number): void;
}

export function useFilm(showing: Showing): Film {
  const episode = useSignal<Episode | undefined>(undefined);
  const head = useSignal<Playhead>({ at: 0, rest: 0 });
  const playing = useSignal(!still.matches);
  const problem = useSignal<string | undefined>(undefined);
  const seed = useRef(1);
  const fetching = useRef(false);
  const latest = useRef(showing);
  latest.current = showing;

  const fetch = async (): Promise<void> => {
    if (fetching.current) return;
    fetching.current = true;
    try {
      episode.value = await latest.current.ask(seed.current);
      head.value = { at: 0, rest: 0 };
    } catch (error) {
      playing.value = false;
      problem.value = error instanceof Error ? error.message : String(error);
    } finally {
      fetching.current = false;
    }
  };
  const next = (): void => {
    if (fetching.current) return;
    seed.current++;
    void fetch();
  };

  useEffect(() => {
    let last = performance.now();
    let ended = 0;
    let begun = 0;
    let counted: Episode | undefined;
    let frame = requestAnimationFrame(function tick(now) {
      frame = requestAnimationFrame(tick);
      const gap = now - last;
      last = now;
      const shown = episode.peek();
      if (!playing.peek() || shown === undefined) return;
      if (shown !== counted) [counted, begun] = [shown, now];
      const { rate, isOld } = latest.current;
      if (now - begun > LONG && isOld?.(shown)) next();
      else if (head.peek().at < shown.frames.length - 1) {
        const moving = moved(head.peek(), gap, rate(), shown.frames.length - 1);
        if (moving.at !== head.peek().at || moving.rest !== head.peek().rest) head.value = moving;
        ended = now;
      } else if (now - ended >= END) next();
    });
    return () => cancelAnimationFrame(frame);
  }, []);

  const shown = episode.value;
  const at = Math.min(head.value.at, (shown?.frames.length ?? 1) - 1);
  const lastStep = (shown?.length ?? 1) - 1;
  return {
    episode,
    playing,
    problem,
    at,
    lastStep,
    frame: shown?.frames[at],
    again: () => void fetch(),
    next,
    goTo(place) {
      playing.value = false;
      head.value = { at: Math.min(lastStep, Math.max(0, place)), rest: 0 };
    },
  };
}

/** The picture, and what moves it. */
export function FilmStage({ film, env }: { readonly film: Film; readonly env: string | null | undefined }) {
  const { playing, at, lastStep, frame, goTo } = film;
  const atEnd = film.episode.value !== undefined && at === lastStep;
  return (
    <>
      <Picture scene={frame?.scene} label={`${env ?? ""} at step ${at} of the episode`} />
      <div class="transport film">
        <button
          type="button"
          class="icon"
          aria-label={playing.value ? "Stop the picture" : "Play the picture"}
          onClick={() => {
            const play = !playing.value;
            if (play && atEnd) goTo(0);
            playing.value = play;
          }}
        >
          {playing.value ? "❚❚" : "▶"}
        </button>
        <button type="button" class="icon" aria-label="One step back" disabled={at === 0} onClick={() => goTo(at - 1)}>
          ‹
        </button>
        <input
          type="range"
          aria-label="Step of the episode"
          aria-valuetext={`step ${at} of ${lastStep}`}
          min={0}
          max={Math.max(0, lastStep)}
          value={at}
          onInput={({ currentTarget }) => goTo(Number(currentTarget.value))}
        />
        <button type="button" class="icon" aria-label="One step on" disabled={atEnd} onClick={() => goTo(at + 1)}>
          ›
        </button>
      </div>
    </>
  );
}
