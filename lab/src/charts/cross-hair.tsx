/** The cross-hair over a chart, with the values there. All charts have theirs at the same place. */

import type { ReadonlySignal } from "@preact/signals";
import { short } from "../number.js";
import { axis, cursor } from "./chart-view.js";
import { type Curve, valueAt } from "./curve.js";
import { type Frame, toX, toY } from "./frame.js";
import type { Picture } from "./paint.js";

/** More values than these would cover the chart. */
const MOST_ROWS = 9;
/** Smaller charts show values alone: the place and the colours are those of the large one. */
const LEAST_FOR_WORDS = 140;

/** To make one for each number takes as long as to draw a chart. */
const COUNTS = new Intl.NumberFormat("en");

export interface CrossHairProps {
  readonly picture: ReadonlySignal<Picture | undefined>;
  /** Pixels between which somebody drags. */
  readonly drag: ReadonlySignal<readonly [number, number] | undefined>;
}

interface Reading {
  readonly curve: Curve;
  readonly value: number;
}

export function CrossHair({ picture, drag }: CrossHairProps) {
  const shown = picture.value;
  const place = cursor.value;
  const dragged = drag.value;
  if (shown === undefined) return null;
  const { frame } = shown;
  const seen = place !== undefined && place >= frame.x[0] && place <= frame.x[1];
  const readings = seen ? readingsAt(shown, place) : [];
  const x = seen ? toX(frame, place) : 0;
  const words = frame.height >= LEAST_FOR_WORDS;
  return (
    <>
      <svg class="cross-hair" width={frame.width} height={frame.height} aria-hidden="true">
        {dragged !== undefined && (
          <rect
            x={Math.min(...dragged)}
            y={frame.top}
            width={Math.abs(dragged[1] - dragged[0])}
            height={frame.bottom - frame.top}
          />
        )}
        {seen && <line x1={x} x2={x} y1={frame.top} y2={frame.bottom} />}
        {readings
          .filter(({ value }) => drawable(frame, value))
          .map(({ curve, value }) => (
            <circle key={curve.name} cx={x} cy={toY(frame, value)} r={3.5} style={{ fill: curve.colour }} />
          ))}
      </svg>
      {seen && readings.length > 0 && dragged === undefined && (
        <div class={x < (frame.left + frame.right) / 2 ? "readout right" : "readout left"} aria-hidden="true">
          {words && <span class="place">{placeText(place)}</span>}
          {readings.slice(0, MOST_ROWS).map(({ curve, value }) => (
            <span key={curve.name} class="reading">
              <span class="dot" style={{ background: curve.colour }} />
              <b>{short(value)}</b>
              {words && readings.length > 1 && <span class="who">{curve.name}</span>}
            </span>
          ))}
          {readings.length > MOST_ROWS && <span>…</span>}
        </div>
      )}
    </>
  );
}

/** The same in words. */
export function readoutText({ curves, frame }: Picture, place: number): string {
  if (place < frame.x[0] || place > frame.x[1]) return "";
  const values = readingsAt({ curves }, place).map(({ curve, value }) => `${curve.name} ${short(value)}`);
  return `${placeText(place)}: ${values.length === 0 ? "no value" : values.join("; ")}`;
}

function readingsAt({ curves }: Pick<Picture, "curves">, place: number): Reading[] {
  return curves.flatMap((curve) => {
    const value = curve.label === false ? undefined : valueAt(curve, place);
    return value === undefined || Number.isNaN(value) ? [] : [{ curve, value }];
  });
}

function placeText(place: number): string {
  return `${COUNTS.format(Math.round(place))} ${axis.value}`;
}

function drawable({ log }: Frame, value: number): boolean {
  return Number.isFinite(value) && (!log || value > 0);
}
