/** Reads the geoms of a model, which are what is drawn of it. */

import type { Colour } from "../scene/scene.js";
import { type Slot, view } from "./native/state-cache.js";
import type { Place3 } from "./projection.js";

/** MuJoCo's numbers for the kinds of geoms that are drawn. Meshes and height fields are not. */
export const PLANE = 0;
export const SPHERE = 2;
export const CAPSULE = 3;
export const ELLIPSOID = 4;
export const CYLINDER = 5;
export const BOX = 6;

/** A geom where it is now. */
export interface Geom {
  readonly kind: number;
  readonly at: Place3;
  /** Its three axes in the world, and what MuJoCo says of its size. */
  readonly axes: readonly [Place3, Place3, Place3];
  readonly size: Place3;
  readonly fill: Colour;
}

/** The geoms of the state in a slot. */
export function geomsOf(slot: Slot): Geom[] {
  const { ngeom, geom_type, geom_size, geom_rgba } = slot.model.native;
  const places = view(slot, "geom_xpos");
  const turns = view(slot, "geom_xmat");
  const axis = (i: number, k: number): Place3 => [turns[9 * i + k], turns[9 * i + 3 + k], turns[9 * i + 6 + k]];
  return Array.from(
    { length: ngeom },
    (_, i): Geom => ({
      kind: geom_type[i],
      at: placeIn(places, i),
      axes: [axis(i, 0), axis(i, 1), axis(i, 2)],
      size: placeIn(geom_size, i),
      fill: colour(geom_rgba.subarray(4 * i, 4 * i + 3)),
    }),
  );
}

/** The i-th of a list of places. */
export function placeIn(list: Float64Array, i: number): Place3 {
  return [list[3 * i], list[3 * i + 1], list[3 * i + 2]];
}

function colour(rgb: Float32Array): Colour {
  return `#${Array.from(rgb, (part) => hex(Math.round(255 * part))).join("")}`;
}

/** A byte as two digits. */
export function hex(byte: number): string {
  return Math.min(Math.max(byte, 0), 255).toString(16).padStart(2, "0");
}
