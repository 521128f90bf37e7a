import { useEffect, useRef } from "preact/hooks";
import { short } from "../../number.js";
import { colourAt, shareOf } from "./colour-scale.js";
import { type Coordinate, placeOf, titleOf } from "./coordinates.js";
import { ScaleBar } from "./scale-bar.js";

export interface HeatMapProps {
  readonly title: string;
  /** size × size, from the bottom row to the top. */
  readonly cells: Float32Array;
  readonly size: number;
  readonly across: Coordinate;
  readonly up: Coordinate;
  /** Ends of the colours. Default: the smallest and the largest cell. */
  readonly ends?: readonly [number, number] | undefined;
  /** The state that is marked. */
  readonly state: readonly number[] | undefined;
}

/** Pixels of the canvas; it is as wide as its place. */
const PIXELS = 384;

export function HeatMap({ title, cells, size, across, up, ends, state }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [low, high] = ends ?? [min(cells), max(cells)];
  const x = state && shareOf(placeOf(state, across.axis), across.axis.low, across.axis.high);
  const y = state && shareOf(placeOf(state, up.axis), up.axis.low, up.axis.high);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context == null) return;
    const small = new OffscreenCanvas(size, size);
    const image = new ImageData(size, size);
    cells.forEach((value, cell) => {
      const row = size - 1 - Math.floor(cell / size);
      image.data.set([...colourAt(shareOf(value, low, high)), 255], 4 * (row * size + (cell % size)));
    });
    small.getContext("2d")?.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, PIXELS, PIXELS);
    if (x === undefined || y === undefined) return;
    // Two rings: one of them is seen on every colour.
    const radius = 9;
    const keep = (share: number): number => radius + Math.min(1, Math.max(0, share)) * (PIXELS - 2 * radius);
    for (const [colour, width] of [
      ["#000", 6],
      ["#fff", 2.5],
    ] as const) {
      context.beginPath();
      context.arc(keep(x), PIXELS - keep(y), radius, 0, 2 * Math.PI);
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke();
    }
  });
  const here =
    x === undefined || y === undefined
      ? undefined
      : cells[clamp(Math.floor(y * size), size) * size + clamp(Math.floor(x * size), size)];
  return (
    <figure class="heat-map">
      <figcaption>
        {title}
        {here !== undefined && <output>{` now ${short(here)}`}</output>}
      </figcaption>
      <div class="plane">
        <span class="y-title">{titleOf(up)}</span>
        <span class="y-ends">
          <span>{short(up.axis.high)}</span>
          <span>{short(up.axis.low)}</span>
        </span>
        <canvas
          ref={canvas}
          width={PIXELS}
          height={PIXELS}
          role="img"
          aria-label={`${title} over ${titleOf(across)} and ${titleOf(up)}: from ${short(min(cells))} to ${short(max(cells))}${
            here === undefined ? "" : `; ${short(here)} at the present state`
          }`}
        />
        <span class="x-ends">
          <span>{short(across.axis.low)}</span>
          <span>{titleOf(across)}</span>
          <span>{short(across.axis.high)}</span>
        </span>
      </div>
      <ScaleBar low={low} high={high} name={title} />
    </figure>
  );
}

function clamp(cell: number, size: number): number {
  return Math.min(size - 1, Math.max(0, cell));
}

function min(numbers: Float32Array): number {
  return numbers.reduce((least, x) => Math.min(least, x), Number.POSITIVE_INFINITY);
}

function max(numbers: Float32Array): number {
  return numbers.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY);
}
