// A sick run beside a healthy one: the series in which a symptom shows, with the range of healthy runs and the doctor's limit.
import { readFileSync } from "node:fs";

const results = new URL("../../bench/doctor/results.json", import.meta.url);
const COLOURS = { sick: "#c2410c", healthy: "#3b82c4", range: "#2f9e6e" };
const SIZE = { width: 560, height: 250 };

/** What 20 healthy runs measured, by the name of the figure. */
export const { extremes } = JSON.parse(readFileSync(results, "utf8"));

/**
 * The picture of a finding, as [path, SVG].
 *
 * `sick` and `healthy` are curves `{ label, x, y, codes }`, where `codes` are the doctor's findings. `range` is what healthy
 * runs show, `limit` where the doctor draws the line.
 */
export function beside({ finding, title, xLabel, dots, yScale, sick, healthy, range, limit }, chart) {
  if (!sick.codes.includes(finding))
    throw new Error(`${finding}: the sick run has ${sick.codes.join(", ") || "nothing"}`);
  if (healthy.codes.includes(finding)) throw new Error(`${finding}: the healthy run has it too`);
  const curves = [
    ...(range === undefined ? [] : [bandOf(range, [sick, healthy])]),
    { label: healthy.label, x: healthy.x, y: healthy.y, dots, colour: COLOURS.healthy },
    { label: sick.label, x: sick.x, y: sick.y, dots, colour: COLOURS.sick },
  ];
  const levels = limit === undefined ? [] : [{ y: limit, label: `the doctor's limit: ${shown(limit)}` }];
  return [`docs/pictures/doctor-${finding}.svg`, chart(curves, { ...SIZE, title, xLabel, yScale, levels })];
}

/** The range as a band without a line in it. */
function bandOf([low, high], curves) {
  const ends = curves.flatMap(({ x }) => [x[0], x.at(-1)]);
  const x = [Math.min(...ends), Math.max(...ends)];
  const band = { low: [low, low], high: [high, high] };
  const label = `healthy runs: ${shown(low)} to ${shown(high)}`;
  return { label, x, y: [Number.NaN, Number.NaN], band, faint: true, colour: COLOURS.range };
}

/** Two significant digits. */
function shown(value) {
  return String(Number(value.toPrecision(2)));
}
