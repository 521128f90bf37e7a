/**
 * Kuhn poker in self-play with exact gradients: NashConv of the last strategies and of their average, by rule. It prints
 * the table of docs/games.md.
 *
 *   node bench/games/rules.mjs
 */
import { pathToFileURL } from "node:url";

const STEPS = [100, 1000, 10_000];

/** The rules by name, with what makes them. */
const rules = {
  "policy gradient, η 1": ({ policyGradientRule }) => policyGradientRule(1),
  "NeuRD, η 1": ({ neurdRule }) => neurdRule(1),
  "policy gradient with an entropy bonus of 0.05, η 1": ({ policyGradientRule }) =>
    policyGradientRule(1, { entropyBonus: 0.05 }),
  "uniform magnet, τ 0.05, η 0.1": ({ magnetRule }) => magnetRule(0.1, 0.05),
  "uniform magnet, τ 0.2 and from step 100 on 2 / √t, η 0.1": ({ magnetRule }) =>
    magnetRule(0.1, (step) => 0.2 * Math.min(1, Math.sqrt(100 / (step + 1)))),
  "magnet that moves every 500 steps, τ 0.2, η 0.1": ({ magnetRule }) => magnetRule(0.1, 0.2, { magnetSteps: 500 }),
};

/** The table as headings and rows: NashConv after some steps, of the last and of the average strategies. */
export function rulesTable(games, steps = STEPS) {
  const tree = games.gameTree(games.kuhn());
  const rows = Object.entries(rules).map(([name, make]) => {
    const cells = [];
    for (const { step, nashConv, averageNashConv } of seen(games.learnGame(tree, make(games)), steps)) {
      cells.push(`${brief(nashConv)} / ${brief(averageNashConv)}`);
      if (step === steps.at(-1)) break;
    }
    return [name, ...cells];
  });
  return { headings: ["last / average after", ...steps.map((step) => `${step.toLocaleString("en-GB")} steps`)], rows };
}

function* seen(learning, steps) {
  for (const step of learning) if (steps.includes(step.step)) yield step;
}

/** Two significant digits, or how small it is. */
function brief(value) {
  return value < 5e-5 ? "< 0.00005" : String(Number(value.toPrecision(2)));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const games = await import("../../dist/games/index.js");
  const { headings, rows } = rulesTable(games);
  for (const row of [headings, ...rows]) console.log(row.map((cell, k) => cell.padEnd(k === 0 ? 58 : 20)).join(""));
}
