/** The values of a chart under the pointer: data beside each chart, and one script for all of them. */

import type { DrawnChart } from "../plot/chart-svg.js";
import { decimal, escapeXml } from "../scene/xml.js";

/** The most updates whose values a figure holds. Of longer runs it holds every second, third … */
const MOST_PLACES = 400;
const DIGITS = 5;

/** The charts of one figure, of which a page shows one at a time, with the values of its updates. */
export function hoverable(
  charts: readonly DrawnChart[],
  label: string,
  { x, y }: { readonly x: readonly number[]; readonly y: readonly number[] },
): string {
  const drawings = charts.map(({ svg, plot: { left, right, top, bottom, x, y } }) => {
    const place = [...[left, right, top, bottom].map(decimal), ...x, ...y].join(" ");
    return svg.replace("<svg ", `<svg data-plot="${place}" `);
  });
  const every = Math.ceil(x.length / MOST_PLACES);
  const isKept = (_: number, i: number): boolean => i % every === 0 || i === x.length - 1;
  const places = x.filter(isKept).map(decimal).join(" ");
  const values = y.filter(isKept).map(short).join(" ");
  const data = `data-label="${escapeXml(label)}" data-places="${places}" data-values="${values}"`;
  return `<figure ${data}>${drawings.join("\n")}<output></output></figure>`;
}

/** A value as a page shows it. */
export const short = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(DIGITS))) : "–";

/** Shows the values at the update nearest to the pointer: in words, and as a line and a dot in the chart. */
export function hoverScript(axis: string): string {
  return `<script>
(() => {
  const make = (svg, name) => svg.appendChild(document.createElementNS(svg.namespaceURI, name));
  const set = (element, values) => { for (const name in values) element.setAttribute(name, values[name]); };
  for (const figure of document.querySelectorAll("figure[data-values]")) {
    const places = figure.dataset.places.split(" ").map(Number);
    const values = figure.dataset.values.split(" ");
    const output = figure.querySelector("output");
    for (const svg of figure.querySelectorAll("svg")) {
      const [left, right, top, bottom, least, most, low, high] = svg.dataset.plot.split(" ").map(Number);
      const toX = (value) => left + ((value - least) / (most - least)) * (right - left);
      const line = make(svg, "path"), dot = make(svg, "circle");
      set(line, { stroke: "currentColor", "stroke-opacity": 0.4, display: "none" });
      set(dot, { r: 3.5, fill: "currentColor", display: "none" });
      const show = (event) => {
        const box = svg.getBoundingClientRect();
        const at = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
        let i = 0;
        places.forEach((place, k) => { if (Math.abs(toX(place) - at) < Math.abs(toX(places[i]) - at)) i = k; });
        const value = Number(values[i]);
        set(line, { d: "M" + toX(places[i]) + "," + top + "V" + bottom, display: "" });
        set(dot, { cx: toX(places[i]), cy: bottom - ((value - low) / (high - low)) * (bottom - top), display: isNaN(value) ? "none" : "" });
        output.textContent = "${axis} " + places[i].toLocaleString("en-GB") + ", " + figure.dataset.label + ": " + values[i];
      };
      const hide = () => { for (const mark of [line, dot]) set(mark, { display: "none" }); output.textContent = ""; };
      svg.addEventListener("pointermove", show);
      svg.addEventListener("pointerdown", show);
      svg.addEventListener("pointerleave", hide);
    }
  }
})();
</script>`;
}
