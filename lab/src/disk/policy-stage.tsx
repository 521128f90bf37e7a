/** Episodes of a policy from disk, drawn in its environment. */

import type { Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { FilmStage, useFilm } from "../stage/film.js";
import { OutlookBars } from "../stage/outlook-bars.js";
import { framesPerSecond } from "../stage/watch.js";
import type { Reader } from "./reader.js";

export function PolicyStage({
  reader,
  env,
  greedy,
}: {
  readonly reader: Reader;
  readonly env: string;
  readonly greedy: Signal<boolean>;
}) {
  const film = useFilm({
    ask: (seed) => reader.ask({ type: "play", options: { seed, deterministic: greedy.peek(), best: false } }),
    rate: () => framesPerSecond(env),
  });
  useEffect(film.again, []);

  const { at, lastStep, frame, problem } = film;
  if (problem.value !== undefined) return <p class="trouble">{problem.value}</p>;
  return (
    <div class="stage">
      <FilmStage film={film} env={env} />
      <div class="transport choices">
        <button type="button" onClick={film.next}>
          New episode
        </button>
      </div>
      <p class="help">
        {frame === undefined ? "…" : `Step ${at} of ${lastStep}, return so far ${Math.round(frame.return * 100) / 100}`}
      </p>
      <OutlookBars frame={frame} space={undefined} names={undefined} />
    </div>
  );
}
