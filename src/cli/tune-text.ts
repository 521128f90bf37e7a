/** What `ascent tune` prints of a study. */

import { typedValue } from "../options.js";
import { flagName, flagText } from "../report/flag-text.js";
import { trainCommand } from "../report/train-command.js";
import { rangeText } from "../sweeps/range.js";
import type { Settings } from "../sweeps/sweep-config.js";
import { type Findings, type Measured, type RungTrust, TRUSTED } from "../sweeps/tuning/findings.js";
import type { RungRow } from "../sweeps/tuning/rung-table.js";
import { isRange, type SearchSpace } from "../sweeps/tuning/search-space.js";
import { FRESH_SEEDS } from "../sweeps/tuning/stages.js";
import { trainCall, tunedConfig } from "../sweeps/tuning/tuned-settings.js";
import { shown } from "./closing.js";
import type { Colours } from "./colour.js";
import { count, duration, figure, limits } from "./figures.js";
import { table } from "./table.js";
import type { ShownStudy } from "./tune-view.js";

/** `ppo on Walk-v9, runs of 20,000 steps, at most 10 minutes`, and where it searches. */
export function tuneOpening({ record: { study, goal } }: ShownStudy, { strong, faint }: Colours): string[] {
  const { algorithm, env } = study.base;
  const end = "rounds" in goal ? count(goal.rounds, "round") : `about ${duration(goal.minutes * 60)}`;
  const rest = `, runs of ${limits(study.base)}, ${end}`;
  return [`${strong(algorithm)} on ${strong(env ?? "")}${faint(rest)}`, faint(`searched: ${spaceText(study.space)}`)];
}

function spaceText(space: SearchSpace): string {
  const source = (one: SearchSpace[string]): string =>
    isRange(one) ? rangeText(one) : one.map(typedValue).join(one.some(Array.isArray) ? "; " : ", ");
  return Object.entries(space)
    .map(([name, one]) => `${flagName(name)} ${source(one)}`)
    .join(" | ");
}

/** The rungs as a table: how many points there are, the best, and how the default settings do. */
export function rungLines(rungs: readonly RungRow[], columns: number): string[] {
  const rows = rungs.map(({ share, entered, done, best, usual }) => [
    shareText(share),
    `${done} of ${entered}`,
    scoreText(best?.score),
    scoreText(usual?.score),
    usual === undefined ? "-" : `${ordinal(usual.place)} of ${done + 1}`,
  ]);
  return table(["budget", "points", "best", "default", "its place"], rows, columns).split("\n");
}

/** `learning-rate 0.0031  gamma 0.98 …` */
export function settingsText(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${flagName(name)} ${typedValue(value)}`)
    .join("  ");
}

/** What was found, the settings to paste, and the commands that go on. */
export function tuneClosing(study: ShownStudy, findings: Findings | undefined, colours: Colours): string[] {
  const { faint } = colours;
  const folder = shown(study.folder);
  const more = (what: string, how: string): string => `  ${faint(what.padEnd(9))} ${how}`;
  if (findings === undefined) return ["Interrupted.", "", more("go on", `npx ascent tune --resume ${folder}`)];
  return [
    verdict(findings, colours),
    "",
    ...measuredLines(findings),
    "",
    ...trustLines(findings.rungs).map(faint),
    faint(costText(study, findings)),
    ...(findings.better === "candidate" ? ["", ...presetLines(study, findings)] : []),
    "",
    more("saved in", folder),
    more("go on", `npx ascent tune --resume ${folder} --more 3`),
  ];
}

function verdict({ better, difference: found, improvement }: Findings, { strong, good, warn }: Colours): string {
  if (found === null || improvement === null)
    return warn("There is no comparison: a run failed, or no episode ended. result.json has the returns.");
  const { difference, interval } = found;
  const gap = `${figure(Math.abs(difference))} (95 % interval ${span(interval)})`;
  const sure = interval[0] > 0 || interval[1] < 0;
  const seeds = `over ${FRESH_SEEDS} fresh seeds`;
  if (better === "default")
    return strong(
      `Keep the default settings: ${difference === 0 ? "the best found earn as much" : `the best found earn ${gap} less`}, ${seeds}.`,
    );
  if (!sure)
    return warn(
      `The tuned settings earn ${gap} more ${seeds}: that may be chance. Keep the default, or search on with --more.`,
    );
  const chance = `${Math.round(100 * improvement.probability)} % of pairs of runs`;
  return good(`The tuned settings earn ${gap} more than the default ${seeds}, and more in ${chance}.`);
}

function measuredLines({ candidate, usual }: Findings): string[] {
  const row = (name: string, { fresh, interval, tuning, tuningSeeds }: Measured): string[] => [
    name,
    scoreText(fresh),
    interval === null ? "-" : span(interval),
    `${scoreText(tuning)} (${count(tuningSeeds, "seed")})`,
  ];
  const headings = ["", "return", "95 % interval", "when it was chosen"];
  return table(headings, [row("tuned", candidate), row("default", usual)]).split("\n");
}

function trustLines(rungs: readonly RungTrust[]): string[] {
  return rungs.flatMap(({ share, correlation, points }) => {
    if (correlation === null) return [];
    const what = `Rank correlation of ${shareText(share)} of the budget with the end: ${correlation.toFixed(2)} (${points} points)`;
    return [
      correlation < TRUSTED
        ? `${what}. So early a look says little here: more --steps, or more rounds, help.`
        : `${what}.`,
    ];
  });
}

function costText({ record, seconds }: ShownStudy, { cost: { search, fresh } }: Findings): string {
  const cost = `${figure(search)} full runs to search and ${figure(fresh)} to measure`;
  const again = `--rounds ${record.rounds} --tune-seed ${record.study.seed}`;
  return `It cost ${cost}, ${duration(seconds)} in ${count(record.rounds, "round")}. The same study again: ${again}`;
}

function presetLines(shownStudy: ShownStudy, { candidate }: Findings): string[] {
  const { study, imports } = shownStudy.record;
  const chosen = shownStudy.settings(candidate.point);
  const config = { ...study.base, seed: "0", options: { ...study.base.options, ...chosen } };
  const command = trainCommand({ config, imports, from: null, until: null, logs: [], evaluation: null });
  return [command.replace(` ${flagText("seed", "0")}`, ""), "", ...trainCall(tunedConfig(study, chosen)).split("\n")];
}

/** `1/9`, `1/3`, `end`. */
export function shareText(share: number): string {
  return share === 1 ? "end" : `1/${Math.round(1 / share)}`;
}

export function scoreText(score: number | null | undefined): string {
  return score == null ? "-" : figure(score);
}

function span([low, high]: readonly [number, number]): string {
  return `${figure(low)} to ${figure(high)}`;
}

function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14;
  return `${n}${(!teen && ["th", "st", "nd", "rd"][n % 10]) || "th"}`;
}
