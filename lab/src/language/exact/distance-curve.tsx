/** KL(π, π*) over updates, on a logarithmic axis, with the mark that has to be reached. */

import { inksOf } from "../../charts/curves.js";
import { paint, pictureOf } from "../../charts/paint.js";
import { colourOf } from "../../charts/palette.js";
import { useDrawing } from "../../charts/use-drawing.js";
import { short } from "../../number.js";
import { markOf } from "./destination.js";
import { begun, curve, curveBefore, settings, told } from "./exact-state.js";

const HEIGHT = 220;
/** Below this, differences are rounding. */
const ROUNDING = 1e-16;

export function DistanceCurve() {
  const canvas = useDrawing(draw, () => void [told.value, begun.value]);
  const { says } = markOf(settings.value);
  return (
    <figure>
      <canvas ref={canvas} class="distance" role="img" aria-label={labelOf()} />
      <figcaption>
        {`KL(π, π*) in nats over updates. The dashed line is the mark of ${says}.`}
        {curveBefore.x.length > 0 && " The faint curve is the learning before this one."}
      </figcaption>
    </figure>
  );
}

function labelOf(): string {
  const now = told.value;
  if (now === undefined) return "KL(π, π*) over updates";
  return `KL(π, π*) over updates, on a logarithmic axis: ${short(curve.y[0])} at first, ${short(now.standing.toOptimum)} after ${now.updates} updates.`;
}

function draw(canvas: HTMLCanvasElement, ctx: CanvasRenderingContext2D): void {
  const { clientWidth: width } = canvas;
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(HEIGHT * ratio);
  const line = ({ x, y }: typeof curve) => ({ x, y: y.map((value) => Math.max(value, ROUNDING)) });
  const curves = [
    { name: "before", colour: colourOf(0), dash: 0, faded: true, label: false, line: line(curveBefore) },
    { name: "now", colour: colourOf(0), dash: 0, faded: false, label: false, line: line(curve) },
  ];
  const x = [0, Math.max(begun.peek()?.updates ?? 0, curveBefore.x.at(-1) ?? 0, 1)] as const;
  const threshold = markOf(settings.peek()).value;
  paint(ctx, pictureOf(ctx, curves, { width, height: HEIGHT, x, log: true, threshold }), inksOf(canvas), ratio);
}
