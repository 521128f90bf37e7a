/** Episodes of a policy from disk, drawn in its environment. */

import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Episode } from "../protocol.js";
import { OutlookBars } from "../stage/outlook-bars.js";
import { Picture } from "../stage/picture.js";
import { framesPerSecond } from "../stage/watch.js";
import type { Reader } from "./reader.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
/** An episode's last picture stays for a moment. */
const REST_MS = 700;

export function PolicyStage({
  reader,
  env,
  greedy,
}: {
  readonly reader: Reader;
  readonly env: string;
  readonly greedy: Signal<boolean>;
}) {
  const episode = useSignal<Episode | undefined>(undefined);
  const at = useSignal(0);
  const playing = useSignal(!still.matches);
  const problem = useSignal<string | undefined>(undefined);
  const seed = useRef(0);
  const fetching = useRef(false);

  const next = async (): Promise<void> => {
    if (fetching.current) return;
    fetching.current = true;
    try {
      episode.value = await reader.ask({
        type: "play",
        options: { seed: ++seed.current, deterministic: greedy.peek(), best: false },
      });
      at.value = 0;
    } catch (error) {
      playing.value = false;
      problem.value = error instanceof Error ? error.message : String(error);
    } finally {
      fetching.current = false;
    }
  };

  useEffect(() => {
    void next();
    const rate = framesPerSecond(env);
    let last = 0;
    let frame = requestAnimationFrame(function tick(now) {
      frame = requestAnimationFrame(tick);
      const shown = episode.peek();
      if (!playing.peek() || shown === undefined) return;
      const end = at.peek() >= shown.frames.length - 1;
      if (now - last < (end ? REST_MS : 1000 / rate)) return;
      last = now;
      if (end) void next();
      else at.value++;
    });
    return () => cancelAnimationFrame(frame);
  }, []);

  const shown = episode.value;
  const frame = shown?.frames[Math.min(at.value, shown.frames.length - 1)];
  if (problem.value !== undefined) return <p class="trouble">{problem.value}</p>;
  return (
    <div class="stage">
      <Picture scene={frame?.scene} label={`${env} at step ${at.value} of the episode`} />
      <div class="transport">
        <button
          type="button"
          class="icon"
          aria-label={playing.value ? "Stop the picture" : "Play the picture"}
          onClick={() => (playing.value = !playing.value)}
        >
          {playing.value ? "❚❚" : "▶"}
        </button>
        <input
          type="range"
          aria-label="Step of the episode"
          min={0}
          max={Math.max(0, (shown?.frames.length ?? 1) - 1)}
          value={at.value}
          onInput={({ currentTarget }) => {
            playing.value = false;
            at.value = Number(currentTarget.value);
          }}
        />
        <button type="button" onClick={() => void next()}>
          New episode
        </button>
      </div>
      <p class="help">
        {shown === undefined || frame === undefined
          ? "…"
          : `Step ${at.value} of ${shown.frames.length - 1}, return so far ${Math.round(frame.return * 100) / 100}`}
      </p>
      <OutlookBars frame={frame} space={undefined} names={undefined} />
    </div>
  );
}
