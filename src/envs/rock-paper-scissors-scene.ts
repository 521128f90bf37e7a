import type { Point, Scene, SceneShape } from "../scene/scene.js";
import { rectangle } from "./shapes.js";
import type { Pair } from "./two-player.js";

/** The last moves of both players, and the first player's score. */
export function drawHands(moves: Pair<number> | undefined, score: number): Scene {
  const title = (text: string, x: number): SceneShape => ({
    kind: "text",
    at: [x, 1.5],
    text,
    size: 0.35,
    fill: "#374151",
    align: "centre",
  });
  const hands = moves === undefined ? [] : [...hand(moves[0], [-2, 0]), ...hand(moves[1], [2, 0])];
  const won = score > 0 ? `+${score}` : String(score);
  return {
    view: { left: -4, right: 4, bottom: -2, top: 2 },
    background: "#fafafa",
    shapes: [
      title("player", -2),
      title("opponent", 2),
      {
        kind: "line",
        points: [
          [0, -1.2],
          [0, 1.2],
        ],
        stroke: "#d1d5db",
        width: 0.04,
      },
      ...hands,
      { kind: "text", at: [0, -1.75], text: won, size: 0.45, fill: "#374151", align: "centre" },
    ],
  };
}

function hand(move: number, [x, y]: Point): SceneShape[] {
  const at = (dx: number, dy: number): Point => [x + dx, y + dy];
  if (move === 0) return [{ kind: "circle", centre: [x, y], radius: 0.8, fill: "#8d8d8d" }];
  if (move === 1) {
    const rows = [0.4, 0.1, -0.2].map(
      (dy): SceneShape => ({ kind: "line", points: [at(-0.4, dy), at(0.4, dy)], stroke: "#b6c7d9", width: 0.06 }),
    );
    const sheet = rectangle(x - 0.65, y - 0.85, x + 0.65, y + 0.85);
    return [{ kind: "polygon", points: sheet, fill: "#ffffff", stroke: "#374151", width: 0.06 }, ...rows];
  }
  return [
    { kind: "line", points: [at(-0.45, -0.45), at(0.5, 0.85)], stroke: "#8d9aa8", width: 0.14 },
    { kind: "line", points: [at(0.45, -0.45), at(-0.5, 0.85)], stroke: "#8d9aa8", width: 0.14 },
    { kind: "circle", centre: at(-0.5, -0.55), radius: 0.24, stroke: "#d9730d", width: 0.14 },
    { kind: "circle", centre: at(0.5, -0.55), radius: 0.24, stroke: "#d9730d", width: 0.14 },
  ];
}
