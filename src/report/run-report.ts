/** The report of a run, from its updates and its policy: the same page wherever it was trained. */

import { algorithmEntry } from "../algorithms/registry.js";
import { envEntry, makeRegistered } from "../envs/registry.js";
import type { Policy } from "../policies/policy.js";
import { presetFor } from "../training/config.js";
import { requireEnvName } from "../training/env-name.js";
import type { Training, Update } from "../training/types.js";
import { runAxis } from "./axis.js";
import { Curves } from "./curves.js";
import { drawEpisode } from "./drawn-episode.js";
import { type ReportedRun, reportHtml } from "./page.js";
import { trainCommand } from "./train-command.js";

/** The most steps of the recorded episode. */
const LONGEST_EPISODE = 2000;
/** Steps between two pauses where nobody waits for Ctrl-C: tasks of a page that trains may take 8 ms for each run. */
const SELDOM = 50;

/** What a report is made of. */
export interface ReportParts {
  readonly record: ReportedRun;
  readonly curves: Curves;
  /** The command that makes this run again. */
  readonly command: string;
  readonly policy: Policy;
  readonly rewardThreshold: number | undefined;
}

/**
 * Plays an episode for the report, with a pause after so many steps, and writes the page. Undefined if `stopped` has said so
 * meanwhile.
 */
export async function reportOf(
  parts: ReportParts,
  stopped: () => boolean,
  pauseEvery = 1,
): Promise<string | undefined> {
  const { record, policy } = parts;
  const { config } = record;
  const id = requireEnvName(config, "a report");
  const algorithm = algorithmEntry(config.algorithm);
  const env = makeRegistered(id, config.envOptions);
  const episode = await drawEpisode(policy, env, { maxSteps: LONGEST_EPISODE }, stopped, pauseEvery);
  if (stopped()) return undefined;
  return reportHtml({
    ...parts,
    schema: algorithm.options,
    preset: presetFor(algorithm, config.preset, id),
    episode,
    framesPerSecond: envEntry(id).framesPerSecond ?? 30,
  });
}

/** What a run does not know of itself. */
export type ReportFacts = Pick<ReportedRun, "versions" | "started" | "seconds" | "extensions">;

/**
 * The report of a run as one page of HTML that loads nothing, as `ascent train` writes it to `report.html`: verdict, curves,
 * an episode of its policy, settings, and the command that makes it again. `updates` are all that the run has yielded. A
 * run that is not finished is reported as it is.
 *
 *     const run = train({ env: "CartPole-v1" });
 *     const html = await runReport(run, [...run], { versions: { ascent: "0.2.0" } });
 *
 * @throws ConfigError if the environment was made by a function: the page plays it by its name
 * @throws EnvironmentError if the environment fails in the episode
 */
export async function runReport(
  run: Pick<Training, "config" | "policy" | "rewardThreshold" | "finished" | "result">,
  updates: Iterable<Update>,
  facts: ReportFacts,
): Promise<string> {
  const { config, policy, rewardThreshold } = run;
  const status = run.finished ? "finished" : "running";
  const command = trainCommand({ config, imports: [], from: null, until: null, logs: [], evaluation: null });
  const record: ReportedRun = { ...facts, config, status, error: null, result: run.result() };
  const curves = new Curves(runAxis(config));
  for (const update of updates) curves.add(update);
  const html = await reportOf({ record, curves, command, policy, rewardThreshold }, () => false, SELDOM);
  if (html === undefined) throw new Error("a report that nobody stops was stopped");
  return html;
}
