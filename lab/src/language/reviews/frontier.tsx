/** What the reward model says and what is true, against how far the policy has gone: √KL, update by update. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { colourOf } from "../../charts/palette.js";
import { ticks } from "../../charts/ticks.js";
import { short } from "../../number.js";
import { keysAlong } from "../along.js";
import type { TuningPoint } from "../protocol.js";
import { points } from "./reviews-state.js";

const HEIGHT = 300;
/** Until it is measured. */
const USUAL_WIDTH = 500;
const LEFT = 40;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 34;
/** Nats of a response: the axis is at least so long. */
const LEAST_KL = 1;

/** √KL of a point. The estimate of KL may be a little below 0. */
const distanceOf = ({ kl }: TuningPoint): number => Math.sqrt(Math.max(0, kl));

export function Frontier() {
  const picture = useRef<SVGSVGElement>(null);
  const width = useWidth(picture);
  const all = points.value;
  const at = useSignal<number | undefined>(undefined);
  const most = Math.sqrt(Math.max(LEAST_KL, ...all.map(({ kl }) => kl)));
  const values = all.flatMap(({ proxy, gold }) => [proxy, gold]);
  const [low, high] = [Math.min(-0.5, ...values), Math.max(2, ...values)];
  const x = (distance: number): number => LEFT + (distance / most) * (width - LEFT - RIGHT);
  const y = (value: number): number => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const picked = at.value === undefined ? undefined : all[Math.min(at.value, all.length - 1)];
  const pick = (to: number | undefined): void => {
    at.value = to;
  };
  const line = (of: (point: TuningPoint) => number): string =>
    all.map((point) => `${x(distanceOf(point)).toFixed(1)},${y(of(point)).toFixed(1)}`).join(" ");
  return (
    <figure class="frontier">
      <figcaption class="language-key" aria-hidden="true">
        <span>
          <svg width="22" height="12" aria-hidden="true">
            <circle cx="11" cy="6" r="4.5" style={{ fill: colourOf(0) }} />
          </svg>
          proxy: what the reward model says
        </span>
        <span>
          <svg width="22" height="12" aria-hidden="true">
            <rect x="6.5" y="1.5" width="9" height="9" style={{ fill: colourOf(1) }} />
          </svg>
          gold: the truth, which learning does not see
        </span>
      </figcaption>
      <svg
        ref={picture}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="application"
        aria-roledescription="chart"
        aria-label={`Proxy and gold score against the square root of KL, ${all.length} updates in their order. Arrow keys move along.`}
        tabindex={0}
        onKeyDown={keysAlong({ count: all.length, at: at.value, go: pick })}
        onPointerMove={({ currentTarget, clientX, clientY }) => {
          const box = currentTarget.getBoundingClientRect();
          pick(nearest(all, clientX - box.left, clientY - box.top, x, y));
        }}
        onPointerLeave={() => pick(undefined)}
      >
        {ticks(low, high, 7).map((value) => (
          <g key={value}>
            <line class="grid-line" x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
              {short(value)}
            </text>
          </g>
        ))}
        {ticks(0, most, Math.max(3, width / 72)).map((value) => (
          <text key={value} x={x(value)} y={HEIGHT - BOTTOM + 16} text-anchor="middle">
            {short(value)}
          </text>
        ))}
        <text x={width - RIGHT} y={HEIGHT - 3} text-anchor="end">
          √KL from the reference, in √nats
        </text>
        <polyline points={line(({ proxy }) => proxy)} style={{ stroke: colourOf(0) }} />
        <polyline class="gold-line" points={line(({ gold }) => gold)} style={{ stroke: colourOf(1) }} />
        {all.map((point) => (
          <g key={point.update} class={point === picked ? "picked-point" : ""}>
            <circle cx={x(distanceOf(point))} cy={y(point.proxy)} r={point === picked ? 6 : 3.2} fill={colourOf(0)} />
            <Square x={x(distanceOf(point))} y={y(point.gold)} size={point === picked ? 11 : 6} />
          </g>
        ))}
      </svg>
      <p class="reading-line" role="status">
        {picked === undefined ? "Point at an update, or move along with the arrow keys, to read it." : reading(picked)}
      </p>
    </figure>
  );
}

/** In pixels, so that texts are as large as elsewhere. */
function useWidth(element: { readonly current: Element | null }): number {
  const width = useSignal(USUAL_WIDTH);
  useEffect(() => {
    const watching = new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width > 0) width.value = contentRect.width;
    });
    if (element.current !== null) watching.observe(element.current);
    return () => watching.disconnect();
  }, []);
  return width.value;
}

function Square({ x, y, size }: { readonly x: number; readonly y: number; readonly size: number }) {
  return <rect x={x - size / 2} y={y - size / 2} width={size} height={size} fill={colourOf(1)} />;
}

function nearest(
  all: readonly TuningPoint[],
  left: number,
  top: number,
  x: (distance: number) => number,
  y: (value: number) => number,
): number | undefined {
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  all.forEach((point, i) => {
    for (const value of [point.proxy, point.gold]) {
      const distance = (x(distanceOf(point)) - left) ** 2 + (y(value) - top) ** 2;
      if (distance < least) [best, least] = [i, distance];
    }
  });
  return best;
}

function reading({ update, kl, proxy, gold, valid, beta }: TuningPoint): string {
  return `Update ${update}: KL ${short(kl)} nats, proxy ${short(proxy)}, gold ${short(gold)}, ${Math.round(100 * valid)} % valid, β ${short(Number(beta.toPrecision(3)))}.`;
}
