/** The table of `solve.mjs`: for each environment, how many seeds reached the mark, when, and how the worst one did. */
import { median } from "../stopwatch.mjs";

const HEADINGS = [
  "environment",
  "mark",
  "solved",
  "median steps",
  "median seconds",
  "worst seed",
  "evaluated by sampled actions: median, lowest",
  "by likeliest actions: median, lowest",
];

/** As headings and rows of text, for a terminal or a page. */
export function solvedTable(results) {
  const rows = Object.entries(results).map(([env, { mark, runs }]) => {
    const evaluated = (kind) => {
      const means = runs.map((run) => run[kind]);
      return `${short(median(means))}, ${short(Math.min(...means))}`;
    };
    return [
      env,
      String(mark),
      `${runs.filter((run) => run.solved).length} of ${runs.length}`,
      medianOf(runs, (run) => run.steps, count),
      medianOf(runs, (run) => run.seconds, short),
      worst(runs),
      evaluated("sampled"),
      evaluated("likeliest"),
    ];
  });
  return { headings: HEADINGS, rows };
}

export function printed(results) {
  const { headings, rows } = solvedTable(results);
  const lines = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A seed that was not solved takes longer than any that was. */
function medianOf(runs, figure, show) {
  const middle = median(runs.map((run) => (run.solved ? figure(run) : Number.POSITIVE_INFINITY)));
  return Number.isFinite(middle) ? show(middle) : "never";
}

/** The unsolved seed with the lowest best average, or else the seed that took the most steps. */
function worst(runs) {
  const unsolved = runs.filter((run) => !run.solved);
  if (unsolved.length === 0) {
    const { seed, steps } = runs.reduce((a, b) => (b.steps > a.steps ? b : a));
    return `${seed}: solved after ${count(steps)} steps`;
  }
  const { seed, bestAverage, lastAverage } = unsolved.reduce((a, b) => (b.bestAverage < a.bestAverage ? b : a));
  return `${seed}: at best ${short(bestAverage)}, at the end ${short(lastAverage)}`;
}

function count(n) {
  return Math.round(n).toLocaleString("en-GB");
}

function short(value) {
  return Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(1);
}
