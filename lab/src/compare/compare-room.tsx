/** The room in which runs are compared. */

import { type Emphasis, RunCharts } from "../charts/run-charts.js";
import { runs } from "../state/lab.js";
import "./compare.css";
import { baseline, compared, hint, sideBySide, start } from "./compared.js";
import { COMPARISONS } from "./comparisons.js";
import { DifferenceTable } from "./difference-table.js";

/** All are equal but the one that the others are measured by. */
const emphasis: Emphasis = ({ key }) => ({ faded: false, strong: key === baseline.value?.key });

export function CompareRoom() {
  return (
    <div class="compare">
      <p class="sentence" role="status">
        {hint.value ??
          "Choose a comparison, or compare the runs that you have begun: they differ only in what the table shows."}
      </p>
      <fieldset class="comparisons" aria-label="Comparisons">
        {COMPARISONS.map((comparison) => (
          <button type="button" key={comparison.title} onClick={() => start(comparison)}>
            {comparison.title}
          </button>
        ))}
      </fieldset>
      <DifferenceTable />
      {compared.value.length > 0 && (
        <>
          <fieldset class="layout" aria-label="Returns">
            {(["One chart", "A chart for each run"] as const).map((label, i) => (
              <button
                type="button"
                key={label}
                aria-pressed={sideBySide.value === (i === 1)}
                onClick={() => (sideBySide.value = i === 1)}
              >
                {label}
              </button>
            ))}
          </fieldset>
          <RunCharts places={compared} emphasis={emphasis} apart={sideBySide.value} threshold={threshold()} />
        </>
      )}
    </div>
  );
}

/** What counts as solved, if it is the same for all. */
function threshold(): number | undefined {
  const shown = compared.value.flatMap((place) => place.runs);
  const levels = new Set(
    runs.value
      .filter((run) => shown.includes(run))
      .flatMap(({ begun }) => (begun.value === undefined ? [] : [begun.value.threshold])),
  );
  return levels.size === 1 ? [...levels][0] : undefined;
}
