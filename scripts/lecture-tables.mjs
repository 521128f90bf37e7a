// The tables of docs/lecture: claims with their measurements, and what bench/lecture and bench/learn have stored.
import { readdirSync, readFileSync } from "node:fs";
import { median } from "../bench/stopwatch.mjs";

const root = new URL("../", import.meta.url);
const stored = (path) => JSON.parse(readFileSync(new URL(path, root), "utf8"));
const experiment = (name) => stored("bench/lecture/results.json")[name].results;

/** What the pages say was measured, by the number of the claim. */
export function statedMeasurements() {
  const folder = new URL("docs/lecture/", root);
  const pages = readdirSync(folder).filter((name) => /^\d\d-.*\.md$/.test(name));
  const texts = pages.map((name) => readFileSync(new URL(name, folder), "utf8"));
  const rows = texts.flatMap((text) => [...text.matchAll(/^\| (\d+) \| .* \| \*\*.*\*\* \| .* \| (.*) \|$/gm)]);
  return new Map(
    rows.map(([, number, measured]) => [Number(number), measured.replaceAll("\\*", "*").replaceAll("\\|", "|")]),
  );
}

/** The tables by subject, each as headings and rows. `library` holds the names of `ascent` and its subpaths. */
export const lectureTables = {
  /** `measured(claim)` says what a claim's check measures, which takes seconds for all of them. */
  claims: (chapter, { claims, measured }) => ({
    headings: ["", "claim", "verdict", "why", "measured"],
    rows: claims
      .filter((claim) => claim.chapter === Number(chapter))
      .map((claim) => [
        claim.number,
        starred(claim.says),
        `**${claim.verdict}**`,
        starred(claim.because),
        starred(measured(claim)),
      ]),
  }),

  updates: (_, { updates }) => ({
    headings: ["algorithm", "A", "guard on the step", "options"],
    rows: updates.map(({ algorithm, advantage, guard, options }) => [
      `[${algorithm}](../algorithms/${algorithm}.md)`,
      advantage,
      guard,
      options.map((option) => `\`${option}\``).join(", "),
    ]),
  }),

  rates: () => ({
    headings: ["learning rate", "γ", "last 100 episodes", "best", "collapsed"],
    rows: experiment("rates").map(({ learningRate, gamma, last100, best, collapsed, seeds }) => [
      learningRate,
      gamma,
      last100.toFixed(1),
      best.toFixed(1),
      `${collapsed} of ${seeds}`,
    ]),
  }),

  harder: () => ({
    headings: ["environment", "steps", "algorithm", "ten seeds"],
    rows: experiment("harder").flatMap((task) =>
      ["reinforce", "ppo"].map((algorithm) => [
        task.env,
        task.steps.toLocaleString("en-GB"),
        `\`${algorithm}\``,
        sorted(task[algorithm].map(({ averageReturn }) => averageReturn))
          .map((value) => value.toFixed(0))
          .join(", "),
      ]),
    ),
  }),

  entropy: () => ({
    headings: ["β", "entropy at the end", "last 100 episodes"],
    rows: experiment("entropy").map(({ entropyBonus, entropy, last100 }) => [
      entropyBonus,
      entropy.toFixed(2),
      last100.toFixed(1),
    ]),
  }),

  grid: () => {
    const { milliseconds, learned } = experiment("grid");
    return {
      headings: ["method", "steps, median", "steps, most"],
      rows: [
        [`policy iteration, ${milliseconds.toFixed(1)} ms`, 0, 0],
        ...learned.map(({ algorithm, steps }) => [
          `\`${algorithm}\``,
          Math.round(median(steps)).toLocaleString("en-GB"),
          Math.max(...steps).toLocaleString("en-GB"),
        ]),
      ],
    };
  },

  samples: () => ({
    headings: ["environment", "mark", "solved", "steps, median of the solved seeds"],
    rows: Object.entries(stored("bench/learn/solved.json")).map(([env, { mark, runs }]) => {
      const solved = runs.filter((run) => run.solved);
      const steps =
        solved.length === 0 ? "-" : Math.round(median(solved.map((run) => run.steps))).toLocaleString("en-GB");
      return [env, mark, `${solved.length} of ${runs.length}`, steps];
    }),
  }),
};

/** A star that is a star in Markdown too. */
function starred(text) {
  return text.replaceAll("*", "\\*");
}

function sorted(numbers) {
  return [...numbers].sort((a, b) => a - b);
}
