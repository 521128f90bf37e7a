/** `ascent compare`: lays runs side by side, grouped by everything but their seeds. */

import { readRuns } from "../node/sweeps/read-runs.js";
import { writeAtomically } from "../node/write-file.js";
import { choice, flag, optional, text } from "../options.js";
import { compareHtml } from "../report/compare-page.js";
import { shellWord } from "../report/flag-text.js";
import { compareRuns } from "../sweeps/compare.js";
import { asFlags, namingFields, readCommandLine } from "./arguments.js";
import { colourDepth } from "./colour.js";
import { comparisonJson } from "./compare-json.js";
import { comparisonText } from "./compare-view.js";
import { printableJson } from "./printable.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { UsageError } from "./usage-error.js";

const USAGE = "ascent compare RUN… [options]";

const options = {
  reference: choice("first", {
    choices: ["first", "best"],
    help: "the group that the others are compared with: the first, or the one with the best score",
  }),
  allowUnequal: flag(false, { help: "compare runs of different environments or budgets too" }),
  page: optional(text("", { meaning: "a file name", help: "write a page with curves, tables and profiles there" })),
  json: flag(false, { help: "print one JSON object" }),
  noColor: flag(false, { help: "print without colours" }),
};

/** The width of text where there is no terminal. */
const COLUMNS = 100;

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent compare runs/a runs/b",
    "ascent compare 'runs/ppo-*' 'runs/reinforce-*' --allow-unequal --page compare.html",
    "ascent compare runs/sweep-reinforce-CartPole-v1 --reference best",
  ],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens }) {
    const most = Number.POSITIVE_INFINITY;
    const { words, values } = readCommandLine(tokens, options, { name: "compare", usage: USAGE, words: most });
    if (words.length === 0) throw new UsageError(`which runs? Usage: ${USAGE}`);
    const { outcomes, problems } = readRuns(words);
    const { reference, allowUnequal, page, json } = values;
    const comparison = namingFields(
      (field) => (field === "allowUnequal" ? "--allow-unequal" : field),
      () => compareRuns(outcomes, { reference, allowUnequal }),
    );
    if (page !== undefined) {
      const chosen = [
        ...(reference === "best" ? ["--reference best"] : []),
        ...(allowUnequal ? ["--allow-unequal"] : []),
      ];
      const command = ["npx ascent compare", ...words.map(shellWord), ...chosen, `--page ${shellWord(page)}`].join(" ");
      writeAtomically(page, compareHtml({ comparison, command }));
    }
    for (const problem of problems) process.stderr.write(`ascent: left out: ${problem}\n`);
    const { isTTY, columns } = process.stdout;
    const view = { columns: isTTY ? columns : COLUMNS, colour: colourDepth(process.stdout, values.noColor) };
    const shown = json ? printableJson(comparisonJson(comparison)) : comparisonText(comparison, view);
    process.stdout.write(`${shown}\n`);
    return DONE;
  },
};
