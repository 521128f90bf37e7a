/** The curves of all runs: the return large, the diagnostics small. */

import { useCallback } from "preact/hooks";
import { labelOf } from "../run-list.js";
import { type LabRun, runs, selected } from "../state/lab.js";
import { type Curve, Curves } from "./curves.js";
import { colourOf } from "./palette.js";

/** Diagnostics worth a chart, in this order, where a run has them. */
const DIAGNOSTICS: readonly (readonly [name: string, label: string])[] = [
  ["entropy", "entropy (nats)"],
  ["gradientNorm", "gradient norm"],
  ["valueLoss", "value loss"],
  ["explainedVariance", "explained variance"],
  ["klK3", "KL to the old policy"],
  ["clipFraction", "clipped share of steps"],
];

const watchRuns = (): void => {
  for (const run of runs.value) {
    run.version.value;
    run.begun.value;
  }
  selected.value;
};

export function RunCharts() {
  const returns = useCallback(() => runs.peek().map(returnCurve), []);
  const threshold = selected.value?.begun.value?.threshold;
  return (
    <section class="card charts" aria-label="Learning">
      <h2>Return of each episode, and the mean of the last 100</h2>
      <Curves label="return" curves={returns} watch={watchRuns} height={260} threshold={threshold} />
      <div class="small-charts">
        {DIAGNOSTICS.map(([name, label]) => (
          <Diagnostic key={name} name={name} label={label} />
        ))}
        <Lengths />
      </div>
    </section>
  );
}

function Lengths() {
  const curves = useCallback(
    () =>
      runs.peek().map((run) => ({
        ...styleOf(run),
        line: { x: run.history.episodes.steps.view, y: run.history.episodes.length.view },
      })),
    [],
  );
  return (
    <figure>
      <figcaption>episode length (steps)</figcaption>
      <Curves label="episode length" curves={curves} watch={watchRuns} height={120} />
    </figure>
  );
}

function Diagnostic({ name, label }: { readonly name: string; readonly label: string }) {
  const curves = useCallback(
    () =>
      runs.peek().flatMap((run): Curve[] => {
        const column = run.history.updates.get(name);
        const steps = run.history.updates.get("steps");
        if (column === undefined || steps === undefined) return [];
        return [{ ...styleOf(run), line: { x: steps.view, y: column.view } }];
      }),
    [name],
  );
  watchRuns();
  if (!runs.value.some(({ history }) => history.updates.has(name))) return null;
  return (
    <figure>
      <figcaption>{label}</figcaption>
      <Curves label={label} curves={curves} watch={watchRuns} height={120} />
    </figure>
  );
}

function returnCurve(run: LabRun): Curve {
  const { steps, return: returns, mean } = run.history.episodes;
  return { ...styleOf(run), line: { x: steps.view, y: mean.view }, dots: { x: steps.view, y: returns.view } };
}

function styleOf(run: LabRun): Omit<Curve, "line"> {
  return { name: labelOf(run), colour: colourOf(run.colour), dash: run.colour, faded: run !== selected.peek() };
}
