/** `ascent list runs`: saved runs, filtered and grouped. */

import { ConfigError, nearest } from "../errors.js";
import type { ListedRun } from "../node/run-folder.js";
import { type ListedSweep, listFolder, type RunState, type States, stateOf, statesOf } from "../node/run-list.js";
import { choice, flag, optional, text, typedValue } from "../options.js";
import { groupBySettings, settingsOf, shownValue } from "../sweeps/groups.js";
import { interquartileMean } from "../sweeps/interquartile-mean.js";
import { settingName } from "../sweeps/settings.js";
import type { Settings } from "../sweeps/sweep-config.js";
import { EPISODES, LANGUAGE, type Words, wordsOf } from "../training/words.js";
import { figure } from "./figures.js";
import { oneLine } from "./printable.js";
import { table } from "./table.js";

const STATES: readonly RunState[] = ["finished", "interrupted", "failed", "running", "killed", "damaged"];

export const listRunsOptions = {
  where: optional(
    text("", {
      meaning: "a setting and its value",
      help: "only runs with it, such as env=CartPole-v1; may be repeated",
    }),
  ),
  status: optional(choice("finished", { choices: STATES, help: "only runs in this state" })),
  group: flag(false, { help: "one line for all runs that differ in their seeds only" }),
};

export interface RunsWanted {
  readonly folder: string;
  /** `name=value` each. */
  readonly where: readonly string[];
  readonly status: RunState | undefined;
  readonly group: boolean;
}

/** The list as data and as text. */
export interface RunsShown {
  readonly rows: readonly unknown[];
  readonly text: string;
}

/** Runs of sweeps are listed too where runs are filtered or grouped; otherwise a sweep is one line. */
export function shownRuns({ folder, where, status, group }: RunsWanted, columns: number): RunsShown {
  const insideSweeps = where.length > 0 || status !== undefined || group;
  const { runs, sweeps } = listFolder(folder, { insideSweeps });
  const found = runs.filter(whereFilter(where, runs)).filter((run) => status === undefined || stateOf(run) === status);
  if (found.length + sweeps.length === 0) {
    const text =
      insideSweeps && runs.length > 0
        ? `None of ${runs.length} runs is like that.`
        : "There are no runs here yet: ascent train makes one.";
    return { rows: [], text };
  }
  if (group) return grouped(found, columns);
  const isOnTask = ({ record }: ListedRun): boolean => record?.config.env?.startsWith(LANGUAGE) === true;
  const [onEnvs, onTasks] = [found.filter((run) => !isOnTask(run)), found.filter(isOnTask)];
  const blocks = [
    ...(onEnvs.length === 0 ? [] : [runTable(onEnvs, EPISODES, columns)]),
    ...(onTasks.length === 0 ? [] : [runTable(onTasks, wordsOf({ env: LANGUAGE }), columns)]),
    ...(sweeps.length === 0 ? [] : [sweepTable(sweeps, columns)]),
  ];
  const rows = found.map(({ name, folder, record, problem, working }) => ({
    name,
    folder,
    working,
    problem,
    ...record,
  }));
  return { rows: [...rows, ...sweeps.map((sweep) => ({ kind: "sweep", ...sweep }))], text: blocks.join("\n\n") };
}

/** A table of runs whose episodes and steps have the same names. */
function runTable(runs: readonly ListedRun[], { episode, step }: Words, columns: number): string {
  const headings = ["RUN", "STATUS", `${episode}S`, `${step}S`, "LAST 100", "SOLVED AT", "STARTED"];
  const rows = runs.map((run) => {
    const result = run.record?.result;
    return [
      oneLine(run.name),
      run.record?.config.numerics === undefined ? stateOf(run) : `${stateOf(run)}, fast numerics`,
      result ? String(result.episodes) : "-",
      result ? String(result.steps) : "-",
      typeof result?.averageReturn === "number" ? figure(result.averageReturn) : "-",
      typeof result?.solvedAtEpisode === "number" ? String(result.solvedAtEpisode) : "-",
      day(run.record?.started),
    ];
  });
  return table(
    headings.map((heading) => heading.toUpperCase()),
    rows,
    columns,
  );
}

function sweepTable(sweeps: readonly ListedSweep[], columns: number): string {
  const rows = sweeps.map(({ name, runs, states, started, problem }) => [
    oneLine(name),
    problem === undefined ? String(runs) : "-",
    problem === undefined ? stateText(states) || "none begun" : "damaged",
    day(started),
  ]);
  return table(["SWEEP", "RUNS", "STATUS", "STARTED"], rows, columns);
}

/** One row for each group: its settings that differ, and the runs by state. */
function grouped(runs: readonly ListedRun[], columns: number): RunsShown {
  const readable = runs.flatMap((run) => (run.record === undefined ? [] : [{ ...run, record: run.record }]));
  const damaged = runs.length - readable.length;
  const { groups, labelled } = groupBySettings(readable, ({ record }) => settingsOf(record.config, record.until));
  const rows = groups.map(({ settings, label, members }) => {
    const results = members.flatMap(({ record }) => record.result ?? []);
    const averages = results.flatMap(({ averageReturn }) => averageReturn ?? []);
    return {
      label,
      settings,
      states: statesOf(members),
      seeds: members.map(({ record }) => record.config.seed),
      averageReturn: averages.length === 0 ? null : interquartileMean(averages),
      solved: results.filter(({ solvedAtEpisode }) => solvedAtEpisode !== null).length,
      runs: members.map(({ folder }) => folder),
    };
  });
  const names = labelled.length === 0 ? ["GROUP"] : labelled.map((name) => name.toUpperCase());
  const cells = rows.map(({ label, settings, states, seeds, averageReturn, solved }) => [
    ...(labelled.length === 0 ? [label] : labelled.map((name) => shownValue(settings[name]))).map(oneLine),
    String(seeds.length),
    stateText(states),
    averageReturn === null ? "-" : figure(averageReturn),
    String(solved),
  ]);
  const lines = [table([...names, "RUNS", "STATUS", "LAST 100 (IQM)", "SOLVED"], cells, columns)];
  if (damaged > 0) lines.push(`${damaged} damaged ${damaged === 1 ? "run is" : "runs are"} in no group.`);
  return { rows, text: lines.join("\n") };
}

/** Whether a run has the settings. @throws ConfigError if no run knows a setting, or there is no `=` */
function whereFilter(where: readonly string[], runs: readonly ListedRun[]): (run: ListedRun) => boolean {
  if (where.length === 0) return () => true;
  const known = new Set(runs.flatMap((run) => Object.keys(settingsIn(run))));
  const wanted = where.map((typed) => {
    const at = typed.indexOf("=");
    const name = settingName(typed.slice(0, at));
    if (at < 1 || (runs.length > 0 && !known.has(name))) {
      const allowed = "a setting of some run and its value, such as learningRate=0.001";
      throw new ConfigError({ field: "--where", given: typed, allowed, nearest: nearest(name, [...known]) });
    }
    return { name, value: typed.slice(at + 1) };
  });
  return (run) => {
    const settings = settingsIn(run);
    return wanted.every(({ name, value }) => {
      const own = settings[name];
      const same = shownValue(own) === value || typedValue(own) === value;
      return same || (typeof own === "number" && value.trim() !== "" && own === Number(value));
    });
  };
}

/** All settings of a run, its seed among them; none if it is damaged. */
function settingsIn({ record }: ListedRun): Settings {
  return record === undefined ? {} : { ...settingsOf(record.config, record.until), seed: record.config.seed };
}

/** `5 finished, 1 killed` */
function stateText(states: States): string {
  return STATES.flatMap((state) => (states[state] === undefined ? [] : `${states[state]} ${state}`)).join(", ");
}

function day(started: string | undefined): string {
  return oneLine(started?.slice(0, 16).replace("T", " ") ?? "-");
}
