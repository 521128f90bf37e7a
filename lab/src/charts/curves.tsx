/** A chart of curves: one of each run or group of seeds, with a cross-hair and a zoom that all charts share. */

import { effect, useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { ChartMenu, type Table } from "./chart-menu.js";
import { axis, cursor, pin, pinned, zoom, zoomBy } from "./chart-view.js";
import "./charts.css";
import { CrossHair, readoutText } from "./cross-hair.js";
import type { Curve } from "./curve.js";
import { placeAt, toX } from "./frame.js";
import { type Inks, type Picture, paint, pictureOf } from "./paint.js";
import { theme } from "./palette.js";
import { redrawing } from "./redraw.js";
import type { Range } from "./thin.js";

export interface CurvesProps {
  /** What the chart shows, above it. */
  readonly label: string;
  /** Read at each drawing, with the part of x that is seen. */
  readonly curves: (seen: Range) => readonly Curve[];
  /** Signals read here ask for a drawing when they change. */
  readonly watch: () => void;
  /** All of x. */
  readonly whole: () => Range;
  readonly height: number;
  readonly threshold?: number | undefined;
  /** Curves of other charts whose values the y axis has to show too. */
  readonly company?: ((seen: Range) => readonly Curve[]) | undefined;
  /** All data, for a file. */
  readonly table: () => readonly Table[];
}

/** Higher charts are looked at while they grow, and are drawn more often. */
const LARGE = 200;
/** Pixels from which on a press is a drag. */
const DRAG = 5;
/** Milliseconds without a key before the values are read out. */
const QUIET = 400;

export function Curves(props: CurvesProps) {
  const { label, curves, watch, whole, height, threshold, company, table } = props;
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useSignal<Picture | undefined>(undefined);
  const drag = useSignal<readonly [number, number] | undefined>(undefined);
  const log = useSignal(false);
  const said = useSignal("");
  const help = useId();

  useEffect(() => {
    const element = host.current;
    const ctx = canvas.current?.getContext("2d");
    if (element === null || !ctx) return undefined;
    let width = 0;
    const draw = (): void => {
      if (width === 0) return;
      const x = zoom.peek() ?? whole();
      const view = { width, height, x, log: log.peek(), threshold, company: company?.(x) };
      const next = pictureOf(ctx, curves(x), view);
      const ratio = devicePixelRatio;
      const size = [Math.round(width * ratio), Math.round(height * ratio)];
      if (ctx.canvas.width !== size[0] || ctx.canvas.height !== size[1]) [ctx.canvas.width, ctx.canvas.height] = size;
      paint(ctx, next, inksOf(element), ratio);
      picture.value = next;
    };
    const drawing = redrawing(element, height >= LARGE ? 100 : 250, draw);
    const unwatch = effect(() => {
      watch();
      theme.value;
      zoom.value;
      axis.value;
      log.value;
      drawing.request();
    });
    const sized = new ResizeObserver(([{ contentRect }]) => {
      width = Math.floor(contentRect.width);
      drawing.request();
    });
    sized.observe(element);
    return () => {
      unwatch();
      drawing.stop();
      sized.disconnect();
    };
  }, [height, threshold, curves, watch, whole, company]);

  useEffect(() => {
    let timer = 0;
    const stop = cursor.subscribe((place) => {
      clearTimeout(timer);
      if (place === undefined || document.activeElement !== host.current) return;
      timer = window.setTimeout(() => {
        if (picture.value !== undefined) said.value = readoutText(picture.value, place);
      }, QUIET);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);

  return (
    <figure class="chart">
      <figcaption>
        <span>{label}</span>
        <ChartMenu label={label} log={log} picture={picture} table={table} />
      </figcaption>
      <div
        class="curves"
        ref={host}
        style={{ height: `${height}px` }}
        role="application"
        aria-roledescription="chart"
        aria-label={`${label}, over ${axis.value}`}
        aria-describedby={help}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the cross-hair.
        tabIndex={0}
        {...usePointer(picture, drag)}
        onKeyDown={(event) => {
          if (pressed(event, picture.value, whole())) event.preventDefault();
        }}
      >
        <canvas ref={canvas} />
        <CrossHair picture={picture} drag={drag} />
      </div>
      <LeftOut picture={picture} />
      <p id={help} hidden>
        Left and right arrow keys move along the curve, with Shift in larger steps. Plus and minus zoom, 0 shows all.
      </p>
      <p class="unseen" role="status">
        {said.value}
      </p>
    </figure>
  );
}

function LeftOut({ picture }: { readonly picture: { readonly value: Picture | undefined } }) {
  const { leftOut = 0, frame } = picture.value ?? {};
  if (!frame?.log) return null;
  return (
    <p class="left-out">
      {leftOut === 0
        ? "Logarithmic axis."
        : `Logarithmic axis: ${leftOut === 1 ? "1 value" : `${leftOut} values`} of 0 or less can't be shown on it.`}
    </p>
  );
}

/** Moves the cross-hair, pins it by a click, and zooms by a drag. */
function usePointer(
  picture: { readonly value: Picture | undefined },
  drag: { value: readonly [number, number] | undefined },
) {
  const start = useRef<number | undefined>(undefined);
  const frameRequest = useRef(0);
  const at = ({ currentTarget, clientX }: PointerEvent): number =>
    clientX - (currentTarget as HTMLElement).getBoundingClientRect().left;
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      start.current = at(event);
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent) {
      const x = at(event);
      cancelAnimationFrame(frameRequest.current);
      frameRequest.current = requestAnimationFrame(() => {
        const frame = picture.value?.frame;
        if (frame === undefined) return;
        const from = start.current;
        if (from === undefined) {
          if (event.pointerType === "mouse") cursor.value = placeAt(frame, x);
        } else if (drag.value !== undefined || Math.abs(x - from) > DRAG) {
          const within = (pixel: number): number => Math.min(Math.max(pixel, frame.left), frame.right);
          drag.value = [within(from), within(x)];
        }
      });
    },
    onPointerUp() {
      const frame = picture.value?.frame;
      const from = start.current;
      const dragged = drag.value;
      start.current = undefined;
      drag.value = undefined;
      if (frame === undefined || from === undefined) return;
      if (dragged !== undefined) {
        const [a, b] = dragged.map((pixel) => placeAt(frame, pixel)).sort((one, other) => one - other);
        if (b > a) zoom.value = [a, b];
        return;
      }
      const here = pinned.value !== undefined && Math.abs(toX(frame, pinned.value) - from) < DRAG;
      pin(here ? undefined : placeAt(frame, from));
    },
    onPointerCancel() {
      start.current = undefined;
      drag.value = undefined;
    },
    onPointerLeave() {
      cancelAnimationFrame(frameRequest.current);
      if (start.current === undefined) cursor.value = pinned.value;
    },
  };
}

/** Whether the key means something here. */
function pressed(
  { key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent,
  picture: Picture | undefined,
  whole: Range,
): boolean {
  if (picture === undefined || ctrlKey || metaKey || altKey) return false;
  const [from, to] = picture.frame.x;
  const step = ((to - from) / 100) * (shiftKey ? 10 : 1);
  const move = (by: number): void => pin(Math.min(to, Math.max(from, (cursor.value ?? (by > 0 ? from : to)) + by)));
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => move(-step),
    ArrowRight: () => move(step),
    Home: () => pin(from),
    End: () => pin(to),
    "+": () => zoomBy(0.5, whole),
    "=": () => zoomBy(0.5, whole),
    "-": () => zoomBy(2, whole),
    "0": () => (zoom.value = undefined),
    Escape: () => pin(undefined),
  };
  if (!Object.hasOwn(keys, key)) return false;
  keys[key]();
  return true;
}

export function inksOf(element: HTMLElement): Inks {
  const css = getComputedStyle(element);
  const ink = (name: string): string => css.getPropertyValue(`--${name}`).trim();
  return { ink: ink("ink"), quiet: ink("quiet"), grid: ink("grid"), card: ink("card") };
}
