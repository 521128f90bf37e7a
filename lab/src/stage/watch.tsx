/** An episode of the policy, played like a film, with what it thought at each step. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { short } from "../number.js";
import type { Episode } from "../protocol.js";
import { catalogue, type LabRun, play } from "../state/lab.js";
import { namesOf } from "./action-names.js";
import { endWord } from "./end-word.js";
import { OutlookBars } from "./outlook-bars.js";
import { Picture } from "./picture.js";
import { moved, type Playhead } from "./playhead.js";
import { present } from "./present.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
/** Milliseconds for which the last picture of an episode stays. */
const END = 900;
/** Milliseconds after which an episode of a policy that has learned since makes room for another. */
const LONG = 25_000;

export interface WatchProps {
  readonly run: LabRun;
  /** Plays an episode, if the run is in another engine than the page's. */
  readonly play?: typeof play;
  /** Pictures a second, if the catalogue does not have the environment. */
  readonly rate?: number;
}

export function Watch({ run, play: ask = play, rate = framesPerSecond(run.begun.peek()?.config.env) }: WatchProps) {
  const episode = useSignal<Episode | undefined>(undefined);
  const head = useSignal<Playhead>({ at: 0, rest: 0 });
  const playing = useSignal(!still.matches);
  const deterministic = useSignal(false);
  const best = useSignal(false);
  const speed = useSignal(1);
  const seed = useRef(1);
  const fetching = useRef(false);

  const fetch = async (): Promise<void> => {
    if (fetching.current) return;
    fetching.current = true;
    try {
      const options = { seed: seed.current, deterministic: deterministic.value, best: best.value };
      episode.value = await ask(run.id, options);
      head.value = { at: 0, rest: 0 };
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
    episode.value = undefined;
    return run.begun.subscribe((begun) => {
      if (begun !== undefined && episode.value === undefined) void fetch();
    });
  }, [run]);

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
      const old = !shown.best && (run.result.peek()?.updates ?? 0) > shown.updates;
      if (old && now - begun > LONG) next();
      else if (head.peek().at < shown.frames.length - 1) {
        const moving = moved(head.peek(), gap, rate * speed.peek(), shown.frames.length - 1);
        if (moving.at !== head.peek().at || moving.rest !== head.peek().rest) head.value = moving;
        ended = now;
      } else if (now - ended >= END) next();
    });
    return () => cancelAnimationFrame(frame);
  }, [run, rate]);

  const shown = episode.value;
  const at = Math.min(head.value.at, (shown?.frames.length ?? 1) - 1);
  const frame = shown?.frames[at];
  useEffect(() => {
    present.value = frame;
  }, [frame]);

  const lastStep = (shown?.length ?? 1) - 1;
  const atEnd = shown !== undefined && at === lastStep;
  const begun = run.begun.value;
  const env = begun?.config.env;
  const goTo = (place: number): void => {
    playing.value = false;
    head.value = { at: Math.min(lastStep, Math.max(0, place)), rest: 0 };
  };
  const choose = (setting: { value: boolean }, on: boolean): void => {
    setting.value = on;
    void fetch();
  };
  return (
    <>
      <Picture scene={frame?.scene} label={`${env ?? ""} at step ${at} of the episode`} />
      <div class="transport film">
        <button
          type="button"
          class="icon"
          aria-label={playing.value ? "Stop the picture" : "Play the picture"}
          onClick={() => {
            if (!playing.value && atEnd) head.value = { at: 0, rest: 0 };
            playing.value = !playing.value;
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
      <div class="transport choices">
        <select
          aria-label="How actions are chosen"
          value={deterministic.value ? "greedy" : "sampled"}
          onChange={({ currentTarget }) => choose(deterministic, currentTarget.value === "greedy")}
        >
          <option value="sampled">sampled</option>
          <option value="greedy">greedy</option>
        </select>
        <select
          aria-label="Which policy"
          value={best.value ? "best" : "present"}
          onChange={({ currentTarget }) => choose(best, currentTarget.value === "best")}
        >
          <option value="present">present policy</option>
          <option value="best">best policy</option>
        </select>
        <select
          aria-label="Speed of the picture"
          value={speed.value}
          onChange={({ currentTarget }) => (speed.value = Number(currentTarget.value))}
        >
          <option value={0.25}>¼ ×</option>
          <option value={0.5}>½ ×</option>
          <option value={1}>1 ×</option>
          <option value={2}>2 ×</option>
          <option value={4}>4 ×</option>
        </select>
        <button type="button" onClick={next}>
          New episode
        </button>
      </div>
      <dl class="facts">
        <Fact
          name={shown?.best ? "best policy, of" : "policy after"}
          value={shown === undefined ? "…" : `${shown.updates} update${shown.updates === 1 ? "" : "s"}`}
        />
        <Fact name="step" value={shown === undefined ? "…" : `${at} of ${lastStep}`} />
        <Fact name="return so far" value={frame === undefined ? "…" : short(frame.return)} />
        {frame?.value !== undefined && <Fact name="value V(s)" value={short(frame.value)} />}
        <Fact
          name="end"
          value={
            atEnd && frame !== undefined
              ? endWord(env, { ended: shown.ended, reward: frame.reward, return: shown.return })
              : "…"
          }
        />
      </dl>
      <OutlookBars frame={frame} space={begun?.spaces?.action} names={namesOf(env, begun?.spaces?.action)} />
    </>
  );
}

export function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Pictures a second of an environment: 30 for one that the catalogue does not have. */
export function framesPerSecond(env: string | null | undefined): number {
  return catalogue.peek()?.envs.find(({ id }) => id === env)?.framesPerSecond ?? 30;
}
