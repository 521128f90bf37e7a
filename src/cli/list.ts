/** `ascent list`: the available environments, algorithms and presets, and the saved runs. */

import { listAlgorithms } from "../algorithms/registry.js";
import { listEnvs, makeRegistered } from "../envs/registry.js";
import { listRuns } from "../node/run-folder.js";
import { flag } from "../options.js";
import { presetFor } from "../training/config.js";
import { asFlags, knownName, readCommandLine } from "./arguments.js";
import { figure, limits } from "./figures.js";
import { oneLine, printableJson } from "./printable.js";
import { DONE, type Subcommand } from "./subcommand.js";
import { table } from "./table.js";

const USAGE = "ascent list [envs|algorithms|presets|runs] [options]";

const options = { json: flag(false, { help: "print a JSON array" }) };

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

const runs = listing({
  rows: () =>
    listRuns().map(({ name, folder, record, problem, working }) => ({ name, folder, working, problem, ...record })),
  headings: ["RUN", "STATUS", "EPISODES", "STEPS", "LAST 100", "SOLVED AT", "STARTED"],
  cells: ({ name, status, working, problem, result, started }) => [
    oneLine(name),
    problem !== undefined ? "damaged" : status === "running" && !working ? "killed" : (status as string),
    result ? String(result.episodes) : "-",
    result ? String(result.steps) : "-",
    typeof result?.averageReturn === "number" ? figure(result.averageReturn) : "-",
    typeof result?.solvedAtEpisode === "number" ? String(result.solvedAtEpisode) : "-",
    oneLine(started?.slice(0, 16).replace("T", " ") ?? "-"),
  ],
  empty: "There are no runs here yet: ascent train makes one.",
});

const listings: Readonly<Record<string, Listing<unknown>>> = { envs, algorithms: algorithmListing, presets, runs };

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: ["ascent list envs", "ascent list presets", "ascent list runs --json"],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens }) {
    const { words, values } = readCommandLine(tokens, options, { name: "list", usage: USAGE, words: 1 });
    const { rows, headings, cells, empty } = listings[knownName("list", words[0] ?? "envs", Object.keys(listings))];
    const found = rows();
    const columns = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
    const text = found.length === 0 ? empty : table(headings, found.map(cells), columns);
    process.stdout.write(`${values.json ? printableJson(found, 2) : text}\n`);
    return DONE;
  },
};

/** Checks that cells and rows fit together, and hides the row type, so that different lists have one type. */
function listing<T>(own: Listing<T>): Listing<unknown> {
  return own as Listing<unknown>;
}
