/** The curves of runs on disk, one over another, drawn again when a log has grown. */

import { effect, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { ChartedPlace } from "../charts/charted.js";
import { DETAILS, type Metric } from "../charts/metrics.js";
import { type Emphasis, RunCharts } from "../charts/run-charts.js";
import { catalogue } from "../state/lab.js";
import { connection, diskRuns } from "./folders.js";
import { logOf, type RunLog } from "./run-log.js";

export interface Subject {
  readonly id: string;
  readonly name: string;
  readonly log: RunLog;
}

/** Reads the logs of runs, and reads on when the server says that they have grown. */
export function useSubjects(ids: readonly string[], withEvaluations = false): readonly Subject[] {
  const key = ids.join();
  const subjects = useMemo(
    () => ids.map((id) => ({ id, name: diskRuns.peek().get(id)?.name ?? id, log: logOf(id) })),
    [key],
  );
  useEffect(() => {
    const seen = new Map<string, string>();
    return effect(() => {
      const live = connection.value.kind;
      for (const { id, log } of subjects) {
        const run = diskRuns.value.get(id);
        const now = `${live} ${run?.logBytes} ${run?.changed}`;
        if (run === undefined || seen.get(id) === now) continue;
        seen.set(id, now);
        void log.read(withEvaluations && run.files.includes("evaluations"));
      }
    });
  }, [key]);
  return subjects;
}

/** The mean return at which an environment counts as solved, if this page knows it. */
export function thresholdOf(env: string | null | undefined): number | undefined {
  return catalogue.value?.envs.find(({ id }) => id === env)?.threshold;
}

const MOST_CHARTS = 12;

export interface DiskChartsProps {
  readonly subjects: readonly Subject[];
  readonly threshold: number | undefined;
}

export function DiskCharts({ subjects, threshold }: DiskChartsProps) {
  const key = subjects.map(({ id }) => id).join();
  const places = useMemo(() => signal(subjects.map(placeOf)), [key]);
  for (const { log } of subjects) log.version.value;
  return <RunCharts places={places} emphasis={plain} threshold={threshold} details={detailsOf(subjects)} />;
}

const plain: Emphasis = () => ({ faded: false });

function placeOf({ id, name, log }: Subject, colour: number): ChartedPlace {
  const run = {
    // The log may be replaced by another, and so its history.
    get history() {
      return log.history;
    },
    begun: signal(undefined),
    version: log.version,
  };
  return { key: id, name, colour, runs: [run], group: false };
}

/** The usual charts, and after them those of numbers that only these runs have. */
function detailsOf(subjects: readonly Subject[]): Metric[] {
  const known = new Set(["steps", "averageReturn", ...DETAILS.map(({ name }) => name)]);
  const others = new Set(subjects.flatMap(({ log }) => [...log.history.updates.keys()]));
  const own = [...others].filter((name) => !known.has(name)).sort();
  return [...DETAILS, ...own.map((name): Metric => ({ name, label: name.slice(0, 60), of: "update" }))].slice(
    0,
    MOST_CHARTS,
  );
}
