/** `ascent estimators`: bias and variance of policy gradient estimators in a small world, against theory. */

import { enumerated } from "../estimators/enumerate.js";
import { ESTIMATORS } from "../estimators/estimators.js";
import { EXPERIMENTS } from "../estimators/experiments/index.js";
import { measure, measuring, ranked, usualBatches } from "../estimators/measure.js";
import { POLICY_NAMES } from "../estimators/parametrisation.js";
import { settingOf } from "../estimators/setting.js";
import { worldNamed } from "../estimators/world-options.js";
import { ESTIMATOR_FIGURES } from "../figures/estimator-figures.js";
import { choice, flag, int, optional, real, seed, text } from "../options.js";
import { asFlags, atMost, readFlags, valuesOf } from "./arguments.js";
import { shownBatches } from "./batches-view.js";
import { shown } from "./closing.js";
import { wantsColour } from "./colour.js";
import { picturesText, writePicturePage } from "./estimator-pictures.js";
import { contradicts, findingsTable } from "./estimators-experiment.js";
import { announceWork, refuseIgnored } from "./estimators-limits.js";
import { measurementTable, summary } from "./estimators-view.js";
import {
  chosenEstimators,
  chosenSetting,
  settingOptions,
  typedWorldOptions,
  withFlagNames,
  worldFlags,
} from "./estimators-world.js";
import { checkPlace } from "./place.js";
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
  experiment: optional(
    choice("dynamics", {
      choices: EXPERIMENTS.map(({ name }) => name),
      help: "print the numbers of this experiment, each beside theory, in place of the table",
    }),
  ),
  cosine: real(0.9, { min: 0.001, max: 0.999, help: "how accurate the estimates counted under EPISODES are" }),
  rank: flag(false, { help: "sort by BEST FIT" }),
  ...settingOptions,
  policy: choice("own", {
    choices: POLICY_NAMES,
    help: "the world's own logits, equal ones, its own times 6, those of state 0 everywhere, or a network",
  }),
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
    "ascent estimators --experiment dynamics",
    "ascent estimators corridor --world.steps 8 --rank",
    "ascent estimators FrozenLake-v1 --gamma 0.95",
  ],
  flags: () => [
    { heading: "Options", flags: asFlags(options) },
    { heading: "Numbers in the rules of worlds", flags: worldFlags },
  ],

  async run({ tokens }) {
    const { words, values: typed } = readFlags(tokens, { ...asFlags(options), ...worldFlags }, "estimators");
    atMost(words, 1, USAGE);
    const values = valuesOf(typed, options);
    refuseIgnored(words, typed, values.golden);
    if (values.page !== undefined) checkPlace("--page", values.page);
    if (values.golden) {
      process.stdout.write(`${goldenTables()}\n`);
      return DONE;
    }
    const experiment = EXPERIMENTS.find(({ name }) => name === values.experiment);
    const world = words[0] ?? experiment?.world ?? "two-step";
    const setting = chosenSetting(world, typedWorldOptions(typed), values);
    const columns = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
    const { episodes, batches, seed, cosine } = values;
    if (experiment !== undefined) {
      const findings = withFlagNames(() => experiment.run(setting, { episodes, seed }));
      process.stdout.write(
        values.json ? `${printableJson(findings, 2)}\n` : `${findingsTable(experiment, findings, columns)}\n`,
      );
      return findings.some(contradicts) ? FAILED : DONE;
    }
    const estimators = chosenEstimators(values.estimators, setting);
    const drawn = batches ?? usualBatches(setting, episodes);
    announceWork(setting, { estimators: estimators.length, episodes, batches: drawn });
    const terminal = process.stderr;
    const inOrder = withFlagNames(() => {
      const options = { episodes, batches: drawn, seed, cosine };
      if (!terminal.isTTY) return measure(estimators, setting, options);
      const colour = wantsColour(terminal, false);
      return shownBatches(measuring(estimators, setting, options), drawn, { terminal, colour });
    });
    const measured = values.rank ? ranked(inOrder) : inOrder;
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
