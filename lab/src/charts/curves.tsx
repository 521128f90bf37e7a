/** A chart of curves over environment steps: one of each run, with a cross-hair that all charts share. */

import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { short } from "../number.js";
import { DASHES, theme } from "./palette.js";
import { redrawing } from "./redraw.js";
import { type Points, thinned } from "./thin.js";

/** A line, and dots behind it. */
export interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly dash: number;
  /** A run that is no longer the subject is drawn faintly. */
  readonly faded: boolean;
  readonly line: Points;
  readonly dots?: Points | undefined;
}

export interface CurvesProps {
  readonly label: string;
  /** Read at each drawing. */
  readonly curves: () => readonly Curve[];
  /** Signals read here ask for a drawing when they change. */
  readonly watch: () => void;
  readonly height: number;
  readonly threshold?: number | undefined;
}

/** Points of a line across the chart. */
const BUCKETS = 300;
const sync = uPlot.sync("steps");

export function Curves({ label, curves, watch, height, threshold }: CurvesProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    let plot: uPlot | undefined;
    let shape = "";
    const draw = (): void => {
      const now = curves();
      const next = shapeOf(now) + theme.peek();
      if (plot === undefined || next !== shape) {
        plot?.destroy();
        plot = new uPlot(optionsOf(element, label, now, height, threshold), dataOf(now), element);
        shape = next;
      } else plot.setData(dataOf(now));
    };
    const drawing = redrawing(element, draw);
    const unwatch = effect(() => {
      watch();
      theme.value;
      drawing.request();
    });
    const sized = new ResizeObserver(() => {
      plot?.setSize({ width: element.clientWidth, height });
      drawing.request();
    });
    sized.observe(element);
    return () => {
      unwatch();
      drawing.stop();
      sized.disconnect();
      plot?.destroy();
    };
  }, [label, height, threshold, curves, watch]);
  return (
    <div
      class="curves"
      ref={host}
      style={{ height: `${height}px` }}
      role="img"
      aria-label={`Chart: ${label} over environment steps`}
    />
  );
}

/** What can't change without a new plot. */
function shapeOf(curves: readonly Curve[]): string {
  return curves.map(({ name, colour, faded, dots }) => [name, colour, faded, dots !== undefined].join()).join(";");
}

function dataOf(curves: readonly Curve[]): uPlot.AlignedData {
  const tables = curves.flatMap(({ line, dots }): uPlot.AlignedData[] => {
    const lines = thinned(line, BUCKETS);
    if (dots === undefined) return [[lines.x, lines.y]];
    const points = thinned(dots, BUCKETS);
    return [
      [points.x, points.y],
      [lines.x, lines.y],
    ];
  });
  return tables.length === 0 ? [[]] : uPlot.join(tables.map(distinct));
}

/** Episodes of several copies may end at the same step; a table has one value for each x. */
function distinct([x, y]: uPlot.AlignedData): uPlot.AlignedData {
  const at = new Map<number, number>();
  for (let i = 0; i < x.length; i++) at.set(x[i], (y as number[])[i]);
  return [[...at.keys()], [...at.values()]];
}

function optionsOf(
  element: HTMLElement,
  label: string,
  curves: readonly Curve[],
  height: number,
  threshold: number | undefined,
): uPlot.Options {
  const css = getComputedStyle(element);
  const ink = css.getPropertyValue("--quiet").trim();
  const grid = { stroke: css.getPropertyValue("--grid").trim(), width: 1 };
  const axis = {
    stroke: ink,
    grid,
    ticks: { show: false },
    font: "12px system-ui",
    values: (_: uPlot, at: number[]) => at.map(short),
  };
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { sync: { key: sync.key, setSeries: false }, drag: { x: true, y: false }, points: { size: 6 } },
    scales: {
      x: { time: false },
      y: { range: (_, low, high) => rangeOf(low, high, threshold) },
    },
    axes: [
      { ...axis, size: 28 },
      { ...axis, size: 46, label: undefined },
    ],
    series: [
      { label: "steps" },
      ...curves.flatMap(({ name, colour, dash, faded, dots }): uPlot.Series[] => {
        const alpha = faded ? 0.35 : 1;
        const line: uPlot.Series = {
          label: `${name}: ${label}`,
          stroke: colour,
          alpha,
          width: 2,
          dash: [...DASHES[dash]],
          spanGaps: true,
          points: { show: false },
        };
        if (dots === undefined) return [line];
        const raw: uPlot.Series = {
          label: `${name}: each episode`,
          stroke: colour,
          alpha: faded ? 0.12 : 0.35,
          // A line through noise takes a hundred times as long to draw as dots.
          paths: () => null,
          points: { show: true, size: 3, width: 0, fill: colour },
        };
        return [raw, line];
      }),
    ],
    hooks: { draw: threshold === undefined ? [] : [(plot) => drawThreshold(plot, threshold, ink)] },
  };
}

function rangeOf(low: number | null, high: number | null, threshold: number | undefined): [number, number] {
  if (low === null || high === null) return [0, 1];
  const top = threshold === undefined ? high : Math.max(high, threshold);
  const room = (top - low) * 0.05 || Math.abs(top) * 0.05 || 1;
  return [low - room, top + room];
}

function drawThreshold(plot: uPlot, threshold: number, ink: string): void {
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(threshold, "y", true)) + 0.5;
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.save();
  ctx.strokeStyle = ink;
  ctx.setLineDash([4, 4]);
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
