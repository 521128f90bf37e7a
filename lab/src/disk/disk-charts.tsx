/** The curves of runs on disk, one over another, drawn again when a log has grown. */

import { effect } from "@preact/signals";
import { useCallback, useEffect, useMemo } from "preact/hooks";
import { type Curve, Curves } from "../charts/curves.js";
import { colourOf } from "../charts/palette.js";
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

/** Diagnostics that stand first, with what they are. */
const NAMED: Readonly<Record<string, string>> = {
  entropy: "entropy (nats)",
  gradientNorm: "gradient norm",
  valueLoss: "value loss",
  explainedVariance: "explained variance",
  klK3: "KL to the old policy",
  clipFraction: "clipped share of steps",
};
const MOST_CHARTS = 12;

export function DiskCharts({
  subjects,
  threshold,
}: {
  readonly subjects: readonly Subject[];
  readonly threshold: number | undefined;
}) {
  const key = subjects.map(({ id }) => id).join();
  const watch = useCallback((): void => {
    for (const { log } of subjects) log.version.value;
  }, [key]);
  const returns = useCallback(
    () =>
      subjects.map((subject, i): Curve => {
        const { steps, return: own, mean } = subject.log.history.episodes;
        const dots = subjects.length === 1 ? { dots: { x: steps.view, y: own.view } } : {};
        return { ...styleOf(subject, i), line: { x: steps.view, y: mean.view }, ...dots };
      }),
    [key],
  );
  watch();
  const names = diagnosticsOf(subjects);
  return (
    <>
      <h3>
        {subjects.length === 1
          ? "Return of each episode, and the mean of the last 100"
          : "Mean return of the last 100 episodes"}
      </h3>
      <Curves label="return" curves={returns} watch={watch} height={260} threshold={threshold} />
      <div class="small-charts">
        {names.map((name) => (
          <Diagnostic key={`${name} ${key}`} name={name} subjects={subjects} watch={watch} />
        ))}
      </div>
    </>
  );
}

function Diagnostic({
  name,
  subjects,
  watch,
}: {
  readonly name: string;
  readonly subjects: readonly Subject[];
  readonly watch: () => void;
}) {
  const curves = useCallback(
    () =>
      subjects.flatMap((subject, i): Curve[] => {
        const { updates } = subject.log.history;
        const [steps, column] = [updates.get("steps"), updates.get(name)];
        return steps === undefined || column === undefined
          ? []
          : [{ ...styleOf(subject, i), line: { x: steps.view, y: column.view } }];
      }),
    [],
  );
  const label = Object.hasOwn(NAMED, name) ? NAMED[name] : name.slice(0, 60);
  return (
    <figure>
      <figcaption>{label}</figcaption>
      <Curves label={label} curves={curves} watch={watch} height={120} />
    </figure>
  );
}

function diagnosticsOf(subjects: readonly Subject[]): string[] {
  const found = new Set(subjects.flatMap(({ log }) => [...log.history.updates.keys()]));
  found.delete("steps");
  found.delete("averageReturn");
  const first = Object.keys(NAMED).filter((name) => found.has(name));
  return [...first, ...[...found].filter((name) => !Object.hasOwn(NAMED, name)).sort()].slice(0, MOST_CHARTS);
}

function styleOf({ name }: Subject, i: number): Omit<Curve, "line"> {
  return { name, colour: colourOf(i), dash: i, faded: false };
}
