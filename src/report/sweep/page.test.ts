import { expect, test } from "vitest";
import { someOutcomes, somePlan } from "../../../test/some-sweep.js";
import { summarise } from "../../sweeps/summary.js";
import { sweepHtml } from "./page.js";

const page = (seeds: number, done = Number.POSITIVE_INFINITY): string => {
  const plan = somePlan(seeds);
  const summary = summarise(plan, someOutcomes(plan).slice(0, done));
  return sweepHtml({ summary, folderOf: (id) => `runs/${id}/`, command: "npx ascent sweep --resume 'a & b'" });
};
const html = page(5);

test("the report has the map, hatched where runs diverged, what mattered, curves, and parallel coordinates", () => {
  expect(html).toContain("<h1>reinforce on CartPole-v1: learningRate, gamma</h1>");
  expect(html).toContain("Best: learningRate 0.001, gamma 0.99. Solved with all 5 seeds, at episode 50.");
  expect(html.match(/fill="url\(#hatch\)"/g)).toHaveLength(2);
  for (const heading of ["Map", "Which setting mattered", "Curves", "Settings and returns", "Every cell"])
    expect(html).toContain(`<h2>${heading}</h2>`);
  expect(html).not.toMatch(/NaN[^<>]*"|undefined|(src|href)="http/);
});

test("each cell has its verdict, its interval, and a link to the run of each seed", () => {
  expect(html.match(/<article>/g)).toHaveLength(6);
  expect(html).toContain('<span class="kind diverged">diverged</span>: Diverged with all 5 seeds');
  expect(html).toContain("interquartile mean 480, 95 % interval 480 to 480");
  expect(html.match(/<a href="runs\/[0-9a-f]{16}\/">/g)).toHaveLength(30);
  expect(html).toContain('title="loss is &lt;infinite&gt;"');
  expect(html).toContain("--resume 'a &amp; b'");
});

test("fewer than 5 seeds are an anecdote without intervals, and a sweep that was stopped has what is done", () => {
  const few = page(2, 3);
  expect(few).toContain("2 seeds are an anecdote");
  expect(few).not.toContain("95 % interval");
  expect(few).toContain("6 cells × 2 seeds · 3 of 12 runs done");
  expect(page(5, 0)).toContain("0 of 30 runs done");
});
