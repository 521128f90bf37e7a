/** What the policy would do in other states: on the grid of a table, or over two numbers of the state. */

import type { LabRun } from "../../state/lab.js";
import { coordinatesOf } from "./coordinates.js";
import { gridOf } from "./grid.js";
import { GridMap } from "./grid-map.js";
import "./maps.css";
import { PlaneMap } from "./plane-map.js";

export function Maps({ run }: { readonly run: LabRun }) {
  const begun = run.begun.value;
  const env = begun?.config.env;
  if (begun === undefined || env == null) return <p class="help">There is no policy yet.</p>;
  const grid = gridOf(env, begun.config.envOptions);
  if (grid !== undefined) return <GridMap key={run.id} run={run} grid={grid} />;
  const coordinates = coordinatesOf(env, begun.spaces?.observation);
  if (coordinates === undefined)
    return (
      <p class="help">The states of {env} are neither a small grid nor a few numbers, so there is no map of them.</p>
    );
  return <PlaneMap key={run.id} run={run} coordinates={coordinates} />;
}
