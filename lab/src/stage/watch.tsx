/** An episode of the policy, played like a film, with what it thought at each step. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { short } from "../number.js";
import { catalogue, type LabRun, play } from "../state/lab.js";
import { namesOf } from "./action-names.js";
import { endWord } from "./end-word.js";
import { FilmStage, useFilm } from "./film.js";
import { OutlookBars } from "./outlook-bars.js";
import { present } from "./present.js";

export interface WatchProps {
  readonly run: LabRun;
  /** Plays an episode, if the run is in another engine than the page's. */
  readonly play?: typeof play;
  /** Pictures a second, if the catalogue does not have the environment. */
  readonly rate?: number;
}

export function Watch({ run, play: ask = play, rate = framesPerSecond(run.begun.peek()?.config.env) }: WatchProps) {
  const deterministic = useSignal(false);
  const best = useSignal(false);
  const speed = useSignal(1);
  const film = useFilm({
    ask: (seed) => ask(run.id, { seed, deterministic: deterministic.value, best: best.value }),
    rate: () => rate * speed.peek(),
    isOld: (episode) => !episode.best && (run.result.peek()?.updates ?? 0) > episode.updates,
  });
  const { at, lastStep, frame } = film;

  useEffect(() => {
    film.episode.value = undefined;
    return run.begun.subscribe((begun) => {
      if (begun !== undefined && film.episode.value === undefined) film.again();
    });
  }, [run]);
  useEffect(() => {
    present.value = frame;
  }, [frame]);

  const shown = film.episode.value;
  const atEnd = shown !== undefined && at === lastStep;
  const begun = run.begun.value;
  const env = begun?.config.env;
  const choose = (setting: { value: boolean }, on: boolean): void => {
    setting.value = on;
    film.again();
  };
  return (
    <>
      <FilmStage film={film} env={env} />
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
        <button type="button" onClick={film.next}>
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
