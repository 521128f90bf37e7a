/** `ascent list`: the available environments, algorithms and presets, and the saved runs. */

import { listAlgorithms } from "../algorithms/registry.js";
import { listEnvs, makeRegistered } from "../envs/registry.js";
import { RUNS } from "../node/run-folder.js";
import { flag } from "../options.js";
import { presetFor } from "../training/config.js";
import { asFlags, atMost, knownName, readCommandLine } from "./arguments.js";
import { limits } from "./figures.js";
import { listRunsOptions, type RunsShown, shownRuns } from "./list-runs.js";
import { printableJson } from "./printable.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { table } from "./table.js";
import { type Token, valuesGiven } from "./tokens.js";
import { UsageError } from "./usage-error.js";

const USAGE = "ascent list [envs|algorithms|presets|runs [folder]] [options]";

const shared = { json: flag(false, { help: "print a JSON array" }) };
const options = { ...shared, ...listRunsOptions };

/** A list as data and, from the same data, as a table. */
interface Listing<T> {
  rows(): readonly T[];
  readonly headings: readonly string[];
  cells(row: T): readonly string[];
  readonly empty: string;
}

const envs = listing({
  rows: () =>
    listEnvs().map(({ id, summary, options, rewardThreshold }) => {
      const { observationSpace, actionSpace } = makeRegistered(id, {});
      return {
        id,
        summary,
        observationSpace: String(observationSpace),
        actionSpace: String(actionSpace),
        maxEpisodeSteps: options.maxEpisodeSteps.default,
        rewardThreshold: rewardThreshold ?? null,
        options,
      };
    }),
  headings: ["ENVIRONMENT", "STEPS", "SOLVED AT", "ACTIONS", "WHAT IT IS"],
  cells: ({ id, summary, maxEpisodeSteps, rewardThreshold, actionSpace }) => [
    id,
    maxEpisodeSteps === 0 ? "-" : String(maxEpisodeSteps),
    rewardThreshold === null ? "-" : String(rewardThreshold),
    actionSpace,
    summary,
  ],
  empty: "",
});

const algorithmListing = listing({
  rows: () =>
    listAlgorithms().map(({ name, summary, presets, options }) => ({
      name,
      summary,
      presets: Object.keys(presets),
      options,
    })),
  headings: ["ALGORITHM", "PRESETS", "WHAT IT IS"],
  cells: ({ name, presets, summary }) => [name, presets.join(", "), summary],
  empty: "",
});

/** Each preset in general (`env` is null), and for each environment for which it has settings. */
const presets = listing({
  rows: () =>
    listAlgorithms().flatMap((algorithm) =>
      Object.entries(algorithm.presets).flatMap(([name, { envs = {}, onlyThese = false, ...preset }]) => [
        ...(onlyThese ? [] : [{ algorithm: algorithm.name, name, env: null, ...preset }]),
        ...Object.keys(envs).map((env) => {
          const { envs: _, onlyThese: __, ...own } = presetFor(algorithm, name, env);
          return { algorithm: algorithm.name, name, env, ...own };
        }),
      ]),
    ),
  headings: ["ALGORITHM", "PRESET", "ENVIRONMENT", "AT MOST", "WHAT IT IS"],
  cells: ({ algorithm, name, env, summary, ...preset }) => [algorithm, name, env ?? "any", limits(preset), summary],
  empty: "",
});

const listings: Readonly<Record<string, Listing<unknown>>> = { envs, algorithms: algorithmListing, presets };

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: [
    "ascent list envs",
    "ascent list presets",
    "ascent list runs --json",
    "ascent list runs runs/study --where env=CartPole-v1 --where learningRate=0.001 --group",
  ],
  flags: () => [
    { heading: "Options", flags: asFlags(shared) },
    { heading: "Options of list runs", flags: asFlags(listRunsOptions) },
  ],

  async run({ tokens }) {
    const { words, values } = readCommandLine(tokens, options, { name: "list", usage: USAGE, words: 2 });
    const columns = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
    const what = knownName("list", words[0] ?? "envs", [...Object.keys(listings), "runs"]);
    const { rows, text } =
      what === "runs"
        ? shownRuns({ ...values, folder: words[1] ?? RUNS, where: valuesGiven(tokens, "where") }, columns)
        : listed(what, words, tokens, columns);
    process.stdout.write(`${values.json ? printableJson(rows, 2) : text}\n`);
    return DONE;
  },
};

/** A list of what is registered. @throws UsageError for a folder or a flag that only runs have */
function listed(what: string, words: readonly string[], tokens: readonly Token[], columns: number): RunsShown {
  atMost(words, 1, USAGE);
  const own = Object.keys(asFlags(listRunsOptions));
  const other = tokens.find((token) => token.kind === "option" && own.includes(token.name));
  if (other?.kind === "option") throw new UsageError(`${other.typed} is for ascent list runs. Usage: ${USAGE}`);
  const { rows, headings, cells, empty } = listings[what];
  const found = rows();
  return { rows: found, text: found.length === 0 ? empty : table(headings, found.map(cells), columns) };
}

/** Checks that cells and rows fit together, and hides the row type, so that different lists have one type. */
function listing<T>(own: Listing<T>): Listing<unknown> {
  return own as Listing<unknown>;
}
