/** What all charts are told at once: the axis, the mean, the zoom. */

import { AXES, type Axis, averaged, axis, countBy, WINDOWS, zoom, zoomBy } from "./chart-view.js";
import type { Range } from "./thin.js";

export function ChartBar({ whole }: { readonly whole: () => Range }) {
  return (
    <fieldset class="chart-bar" aria-label="All charts">
      <label class="inline">
        over
        <select value={axis.value} onChange={({ currentTarget }) => countBy(currentTarget.value as Axis)}>
          {AXES.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label class="inline">
        mean
        <select
          value={String(averaged.value)}
          onChange={({ currentTarget }) => (averaged.value = Number(currentTarget.value))}
        >
          {WINDOWS.map((window) => (
            <option key={window} value={window}>
              {window === 0 ? "off" : `of the last ${window}`}
            </option>
          ))}
        </select>
      </label>
      <span class="zoom">
        <button
          type="button"
          aria-label="Zoom in"
          title="Zoom in, or drag over a chart"
          onClick={() => zoomBy(0.5, whole())}
        >
          +
        </button>
        <button type="button" aria-label="Zoom out" disabled={!zoom.value} onClick={() => zoomBy(2, whole())}>
          −
        </button>
        <button type="button" disabled={!zoom.value} onClick={() => (zoom.value = undefined)}>
          Show all
        </button>
      </span>
    </fieldset>
  );
}
