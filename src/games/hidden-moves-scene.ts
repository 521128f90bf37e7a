import type { Scene, SceneShape } from "../scene/scene.js";
import type { Seat } from "./game.js";

/** What both players have chosen. While the second one is still to move, it sees no choice of the first. */
export function drawHiddenMoves(state: readonly number[], names: readonly string[], viewer?: Seat): Scene {
  const shapes: SceneShape[] = [];
  for (const seat of [0, 1] as const) {
    const x = seat === 0 ? -2 : 2;
    const hidden = viewer !== undefined && viewer !== seat && state.length < 2;
    const chosen = state.length > seat ? (hidden ? "?" : names[state[seat]]) : "…";
    shapes.push(
      { kind: "circle", centre: [x, 0], radius: 1.1, fill: "#ffffff", stroke: "#9ca3af", width: 0.05 },
      { kind: "text", at: [x, -0.15], text: chosen, size: 0.5, fill: "#111827", align: "centre" },
      {
        kind: "text",
        at: [x, 1.45],
        text: seat === 0 ? "first" : "second",
        size: 0.35,
        fill: "#374151",
        align: "centre",
      },
    );
  }
  return { view: { left: -4, right: 4, bottom: -2, top: 2 }, background: "#fafafa", shapes };
}
