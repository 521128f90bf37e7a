/** Estimates as points: along the true direction, and across it. Bias moves a cloud, variance spreads it. */

import { colourOf } from "../../charts/palette.js";
import { useDrawing } from "../../charts/use-drawing.js";
import { measured, opened, points } from "./state.js";

/** Of one point, in pixels. */
const RADIUS = 2;
const LARGEST = 16;

export function Scatter() {
  const canvas = useDrawing(draw, () => void [measured.value, opened.value]);
  const target = opened.value?.target ?? "F";
  return (
    <figure class="card">
      <h2>Estimates of the first 400 batches</h2>
      <canvas ref={canvas} class="scatter" role="img" aria-label={labelOf()} />
      <figcaption>
        {`Each point is one batch's estimate: to the right its component along the exact ${target}, upwards across it. `}
        {`The cross is ${target}; rings are the means so far. Bias moves a cloud, variance spreads it.`}
        {opened.value?.isFlat && " Here all estimates lie on one line, so the points are spread out to be seen."}
      </figcaption>
    </figure>
  );
}

/** The same for those who don't see the picture. */
function labelOf(): string {
  const rows = opened.value?.rows ?? [];
  const length = opened.value?.length ?? 0;
  const means = measured.value?.found.map(
    ({ mean: [along] }, i) => `${rows[i]?.name} has its mean at ${along.toFixed(3)}`,
  );
  return `Estimates along and across the exact gradient, whose length is ${length.toFixed(3)}. ${means?.join(", ") ?? ""}`;
}

function draw(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D): void {
  const about = opened.peek();
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio;
  canvas.width = width * scale;
  canvas.height = height * scale;
  context.scale(scale, scale);
  if (about === undefined) return;
  const style = getComputedStyle(canvas);
  const count = about.rows.length;
  const spread = (batch: number): number => (about.isFlat ? (((batch * 0.618034) % 1) - 0.5) * 0.5 * about.length : 0);
  const xs: number[] = [];
  const ys: number[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    xs.push(points[i]);
    ys.push(points[i + 1] + spread(Math.floor(i / 2 / count)));
  }
  const [left, right] = reach([...xs, 0, about.length]);
  const [low, high] = reach([...ys, -0.3 * about.length, 0.3 * about.length]);
  // One unit is as long upwards as to the right, or a cloud's shape would mean nothing.
  const unit = Math.min((width - 16) / (right - left), (height - 16) / (high - low));
  const x = (along: number): number => width / 2 + (along - (left + right) / 2) * unit;
  const y = (across: number): number => height / 2 - (across - (low + high) / 2) * unit;

  context.strokeStyle = style.getPropertyValue("--grid");
  line(context, 0, y(0), width, y(0));
  line(context, x(0), 0, x(0), height);
  context.globalAlpha = 0.45;
  for (let row = 0; row < count; row++) {
    context.fillStyle = colourOf(row);
    // In a small world many batches give the same estimate: the more of them, the larger the point.
    const places = new Map<string, { x: number; y: number; count: number }>();
    for (let i = row; i < xs.length; i += count) {
      const place = { x: Math.round(x(xs[i])), y: Math.round(y(ys[i])), count: 0 };
      const key = `${place.x} ${place.y}`;
      const known = places.get(key) ?? place;
      known.count++;
      places.set(key, known);
    }
    for (const place of places.values()) {
      context.beginPath();
      context.arc(place.x, place.y, Math.min(LARGEST, RADIUS * Math.sqrt(place.count)), 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.globalAlpha = 1;
  context.lineWidth = 2.5;
  measured.peek()?.found.forEach(({ mean: [along, across] }, row) => {
    for (const [colour, size] of [
      [style.getPropertyValue("--card"), 7],
      [colourOf(row), 5.5],
    ] as const) {
      context.strokeStyle = colour;
      context.beginPath();
      context.arc(x(along), y(across), size, 0, 2 * Math.PI);
      context.stroke();
    }
  });
  context.strokeStyle = style.getPropertyValue("--ink");
  context.lineWidth = 1.5;
  line(context, x(about.length) - 10, y(0), x(about.length) + 10, y(0));
  line(context, x(about.length), y(0) - 10, x(about.length), y(0) + 10);
  context.fillStyle = style.getPropertyValue("--quiet");
  context.font = "12px system-ui, sans-serif";
  context.fillText("0", x(0) + 4, height - 5);
}

/** From the 1 % smallest to the 1 % largest, and all of the last two, which have to be seen. */
function reach(numbers: readonly number[]): [number, number] {
  const sorted = numbers.slice(0, -2).sort((a, b) => a - b);
  const cut = Math.floor(sorted.length / 100);
  const inner = sorted.slice(cut, sorted.length - cut);
  return [Math.min(inner[0] ?? 0, ...numbers.slice(-2)), Math.max(inner.at(-1) ?? 0, ...numbers.slice(-2))];
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}
