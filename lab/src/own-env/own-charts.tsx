/** The curves of the run in the user's environment, and faintly those of the run before it. */

import { useCallback } from "preact/hooks";
import { type Curve, Curves } from "../charts/curves.js";
import { colourOf } from "../charts/palette.js";
import type { LabRun } from "../state/lab.js";
import { before, run } from "./own-state.js";

const SMALL = [
  ["length", "episode length (steps)"],
  ["entropy", "entropy (nats)"],
  ["explainedVariance", "explained variance"],
] as const;

const watch = (): void => {
  run.value?.version.value;
  run.value?.begun.value;
  before.value;
};

export function OwnCharts() {
  const returns = useCallback(
    () =>
      curvesOf(({ history: { episodes } }) => ({
        line: { x: episodes.steps.view, y: episodes.mean.view },
        dots: { x: episodes.steps.view, y: episodes.return.view },
      })),
    [],
  );
  return (
    <section class="card charts" aria-label="Learning">
      <h2>Return of each episode, and the mean of the last 100</h2>
      <Curves
        label="return"
        curves={returns}
        watch={watch}
        height={220}
        threshold={run.value?.begun.value?.threshold}
      />
      <div class="small-charts">
        {SMALL.map(([name, label]) => (
          <Small key={name} name={name} label={label} />
        ))}
      </div>
    </section>
  );
}

function Small({ name, label }: { readonly name: string; readonly label: string }) {
  const curves = useCallback(
    () =>
      curvesOf(({ history: { episodes, updates } }) => {
        if (name === "length") return { line: { x: episodes.steps.view, y: episodes.length.view } };
        const [steps, column] = [updates.get("steps"), updates.get(name)];
        return steps && column && { line: { x: steps.view, y: column.view } };
      }),
    [name],
  );
  run.value?.version.value;
  if (name !== "length" && !run.value?.history.updates.has(name)) return null;
  return (
    <figure>
      <figcaption>{label}</figcaption>
      <Curves label={label} curves={curves} watch={watch} height={110} />
    </figure>
  );
}

function curvesOf(pick: (run: LabRun) => Pick<Curve, "line" | "dots"> | undefined): Curve[] {
  return [before.peek(), run.peek()].flatMap((one, i): Curve[] => {
    const lines = one && pick(one);
    if (lines === undefined) return [];
    return [
      { name: i === 1 ? "this run" : "the run before", colour: colourOf(1 - i), dash: 1 - i, faded: i === 0, ...lines },
    ];
  });
}
