/** The curves of the run in the user's environment, and faintly those of the run before it. */

import { computed } from "@preact/signals";
import { type Emphasis, RunCharts } from "../charts/run-charts.js";
import type { NamedPlace } from "../state/named.js";
import { before, run } from "./own-state.js";

const places = computed((): readonly NamedPlace[] =>
  [before.value, run.value].flatMap((one, i) =>
    one === undefined
      ? []
      : [
          {
            key: `run ${one.id}`,
            name: i === 1 ? "this run" : "the run before",
            colour: 1 - i,
            runs: [one],
            group: false,
            settings: undefined,
          },
        ],
  ),
);

const emphasis: Emphasis = ({ runs }) => ({ faded: !runs.some((one) => one === run.value) });

export function OwnCharts() {
  return <RunCharts places={places} emphasis={emphasis} threshold={run.value?.begun.value?.threshold} />;
}
