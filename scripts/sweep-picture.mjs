// The picture of docs/sweeps.md: the lecture's grid, from the runs that bench/sweeps/lecture-grid.mjs stored.
import { readFileSync } from "node:fs";

export function sweepPicture({ runsOf, summarise, sweepMapsSvg }) {
  const path = new URL("../bench/sweeps/lecture-grid.json", import.meta.url);
  const { plan, outcomes } = JSON.parse(readFileSync(path, "utf8"));
  const runs = new Map(runsOf(plan).map((run) => [run.id, run]));
  const whole = outcomes.map((outcome) => ({ ...outcome, config: runs.get(outcome.id).config }));
  const [map] = sweepMapsSvg(summarise(plan, whole, { intervals: false }), 560);
  return map;
}
