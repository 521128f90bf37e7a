/** The environment, drawn live: an episode of the present policy, with what it thought at each step. */

import { useSignal } from "@preact/signals";
import { toCanvas } from "ascent/scene";
import { useEffect, useRef } from "preact/hooks";
import type { Episode, Frame } from "../protocol.js";
import { catalogue, type LabRun, play } from "../state/lab.js";
import { OutlookBars } from "./outlook-bars.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");

export function Stage({ run }: { readonly run: LabRun }) {
  const episode = useSignal<Episode | undefined>(undefined);
  const at = useSignal(0);
  const playing = useSignal(!still.matches);
  const deterministic = useSignal(false);
  const seed = useRef(0);
  const fetching = useRef(false);

  const next = async (): Promise<void> => {
    if (fetching.current) return;
    fetching.current = true;
    try {
      const played = await play(run.id, { seed: ++seed.current, deterministic: deterministic.value });
      episode.value = played;
      at.value = 0;
    } catch {
      // The run has ended with an error, which its own message says.
      playing.value = false;
    } finally {
      fetching.current = false;
    }
  };

  useEffect(() => {
    episode.value = undefined;
    if (run.begun.value !== undefined) void next();
    return run.begun.subscribe((begun) => {
      if (begun !== undefined && episode.value === undefined) void next();
    });
  }, [run]);

  useEffect(() => {
    let last = 0;
    let frame = requestAnimationFrame(function tick(now) {
      frame = requestAnimationFrame(tick);
      const shown = episode.peek();
      if (!playing.peek() || shown === undefined) return;
      const rate = framesPerSecond(run);
      // An episode's last picture stays for a moment.
      const end = at.peek() >= shown.frames.length - 1;
      if (now - last < (end ? 700 : 1000 / rate)) return;
      last = now;
      if (end) void next();
      else at.value++;
    });
    return () => cancelAnimationFrame(frame);
  }, [run]);

  const shown = episode.value;
  const frame = shown?.frames[Math.min(at.value, shown.frames.length - 1)];
  return (
    <section class="card stage" aria-label="The policy acts">
      <Picture frame={frame} id={run.begun.value?.config.env ?? ""} />
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
      <dl class="facts">
        <Fact name="policy after" value={shown === undefined ? "…" : `${shown.updates} updates`} />
        <Fact name="step" value={shown === undefined ? "…" : `${at.value} of ${shown.frames.length - 1}`} />
        <Fact name="return so far" value={frame === undefined ? "…" : String(Math.round(frame.return * 100) / 100)} />
        {frame?.value !== undefined && <Fact name="V(s), what it expects" value={frame.value.toFixed(1)} />}
      </dl>
      <OutlookBars outlook={frame?.outlook} action={frame?.action} />
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function framesPerSecond(run: LabRun): number {
  const id = run.begun.peek()?.config.env;
  return catalogue.peek()?.envs.find((env) => env.id === id)?.framesPerSecond ?? 30;
}

export function Picture({ frame, id }: { readonly frame: Frame | undefined; readonly id: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scene = frame?.scene;
  const view = scene?.view;
  const ratio =
    view === undefined ? 1.6 : Math.min(3, Math.max(0.9, (view.right - view.left) / (view.top - view.bottom)));
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element === null || context == null || scene === undefined) return;
    const density = Math.min(2, devicePixelRatio);
    const width = Math.round(element.clientWidth * density);
    const height = Math.round(element.clientHeight * density);
    if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
    toCanvas(scene, context);
  });
  return (
    <canvas
      class="picture"
      ref={canvas}
      style={{ aspectRatio: String(ratio) }}
      role="img"
      aria-label={`${id} at this step of the episode`}
    >
      {id}
    </canvas>
  );
}
