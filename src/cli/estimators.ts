/** `ascent estimators`: bias and variance of policy gradient estimators in a small world, against theory. */

import { ConfigError } from "../errors.js";
import { enumerated } from "../estimators/enumerate.js";
import type { Estimator } from "../estimators/estimator.js";
import { ESTIMATORS } from "../estimators/estimators.js";
import { measure } from "../estimators/measure.js";
import { POLICY_NAMES, policyFor } from "../estimators/parametrisation.js";
import { randomWorld } from "../estimators/random-world.js";
import { settingOf } from "../estimators/setting.js";
import type { World } from "../estimators/world.js";
import { worldNamed, worlds } from "../estimators/worlds.js";
import { ESTIMATOR_FIGURES } from "../figures/estimator-figures.js";
import { choice, flag, int, optional, seed, text } from "../options.js";
import { asFlags, knownName, readCommandLine } from "./arguments.js";
import { shown } from "./closing.js";
import { picturesText, writePicturePage } from "./estimator-pictures.js";
import { measurementTable, summary } from "./estimators-view.js";
import { printableJson } from "./printable.js";
import { DONE, FAILED, type Subcommand } from "./subcommand.js";
import { table } from "./table.js";

const USAGE = "ascent estimators [world] [options]";

const options = {
  estimators: text("all", {
    meaning: "all, or names with commas between them, such as to-go,value",
    help: "which estimators to measure",
  }),
  episodes: int(4, { min: 2, max: 10_000, help: "episodes in a batch" }),
  batches: optional(
    int(2000, {
      min: 0,
      max: 10_000_000,
      help: "batches to draw; by default none where all can be enumerated, else 2000",
    }),
  ),
  seed: seed(0, { help: "of the drawn batches" }),
  policy: choice("own", {
    choices: POLICY_NAMES,
    help: "the world's own logits, equal ones, its own times 6, those of state 0 everywhere, or a network",
  }),
  worldSeed: seed(0, { help: "of the world named random" }),
  picture: optional(
    choice("all", {
      choices: ["all", ...ESTIMATOR_FIGURES],
      help: "print this picture, or all of them, in place of the table",
    }),
  ),
  page: optional(
    text("", {
      meaning: "a file to write",
      help: "write the table and all pictures as one HTML page, and print nothing else",
    }),
  ),
  golden: flag(false, { help: "print mean and variance on bandit, two-step and chain to 6 digits, and nothing else" }),
  json: flag(false, { help: "print a JSON array" }),
};

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent estimators",
    "ascent estimators chain --estimators to-go,value,td-wrong --batches 5000",
    "ascent estimators grid --policy peaked --episodes 8",
    "ascent estimators loop --picture lambda",
    "ascent estimators chain --page chain.html   # all pictures",
  ],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens }) {
    const { words, values } = readCommandLine(tokens, options, { name: "estimators", usage: USAGE, words: 1 });
    if (values.golden) {
      process.stdout.write(`${goldenTables()}\n`);
      return DONE;
    }
    const world = chosenWorld(words[0] ?? "two-step", values.worldSeed);
    const setting = settingOf(world, policyFor(world, values.policy));
    const { episodes, batches, seed } = values;
    const measured = measuredFor(chosen(values.estimators), setting, { episodes, batches, seed });
    const failed = measured.some(({ agreement }) => agreement === "fails");
    if (values.json) {
      process.stdout.write(`${printableJson(measured, 2)}\n`);
      return failed ? FAILED : DONE;
    }
    const input = { setting, measured, episodes, seed };
    if (values.page !== undefined) {
      writePicturePage(values.page, input);
      process.stdout.write(`${shown(values.page)}: the table and all pictures\n`);
      return failed ? FAILED : DONE;
    }
    if (values.picture !== undefined) {
      process.stdout.write(`${summary(setting, measured, values)}\n\n${picturesText(values.picture, input)}\n`);
      return failed ? FAILED : DONE;
    }
    const columns = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
    process.stdout.write(
      [
        summary(setting, measured, values),
        "",
        measurementTable(measured, columns),
        "",
        picturesText("error", input),
        "",
      ].join("\n"),
    );
    return failed ? FAILED : DONE;
  },
};

/** `measure`, with errors that name flags. */
function measuredFor(...[estimators, setting, how]: Parameters<typeof measure>): ReturnType<typeof measure> {
  try {
    return measure(estimators, setting, how);
  } catch (error) {
    throw error instanceof ConfigError ? error.renamed(`--${error.field}`) : error;
  }
}

function chosenWorld(name: string, worldSeed: number | bigint): World {
  const known = knownName(
    "world",
    name,
    worlds().map((world) => world.name),
  );
  return known === "random" ? randomWorld({ seed: worldSeed }) : worldNamed(known);
}

/** The estimators of a list of names. @throws UsageError for an unknown one */
function chosen(list: string): readonly Estimator[] {
  if (list === "all") return ESTIMATORS;
  const names = ESTIMATORS.map(({ name }) => name);
  return list.split(",").map((typed) => {
    const name = knownName("estimator", typed, names);
    return ESTIMATORS[names.indexOf(name)];
  });
}

/** E[ĝ] for all logits but those that follow from the others, and the total variance, for batches of four episodes. */
function goldenTables(): string {
  return ["bandit", "two-step", "chain"]
    .map((name) => {
      const setting = settingOf(worldNamed(name));
      const { states, actions, terminal } = setting.mdp;
      const pairs = Array.from({ length: states * actions }, (_, pair) => pair).filter(
        (pair) => terminal[Math.floor(pair / actions)] === 0 && pair % actions < actions - 1,
      );
      const headings = pairs.map((pair) => `s${Math.floor(pair / actions)} a${pair % actions}`);
      const rows = enumerated(ESTIMATORS, setting, 4).map(({ mean, variance }, i) => [
        ESTIMATORS[i].name,
        ...[...pairs.map((pair) => mean[pair]), variance].map((value) => (value + 0).toFixed(6)),
      ]);
      return `${name}, batches of 4 episodes\n${table(["ESTIMATOR", ...headings, "VARIANCE"], rows)}`;
    })
    .join("\n\n");
}
